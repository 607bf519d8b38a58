import type { Action } from '../../app/actions/action.ts';
import { written } from '../../app/actions/keys.ts';
import { appActions, conversationActions, messageActions } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.tsx';
import { isApple } from '../../shared/browser/pointer.ts';
import type { PlainKey } from '../../shared/i18n/translate.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import './palette.css';

interface Shortcut {
  readonly label: PlainKey;
  readonly keys: string;
}

/** The text field's own keys, which belong to no action. */
const writingKeys: readonly Shortcut[] = [
  { label: 'shortcuts.send', keys: 'Enter' },
  { label: 'shortcuts.sendAnywhere', keys: 'Mod+Enter' },
  { label: 'shortcuts.newLine', keys: 'Shift+Enter' },
  { label: 'shortcuts.editLast', keys: 'ArrowUp' },
  { label: 'shortcuts.mention', keys: '@' },
  { label: 'shortcuts.stepBack', keys: 'Escape' },
];

const readingKeys: readonly Shortcut[] = [
  { label: 'shortcuts.walk', keys: 'ArrowUp' },
  { label: 'message.menu', keys: 'Enter' },
];

const bound = (actions: readonly Action<never>[]): readonly Shortcut[] =>
  actions.flatMap(({ label, keys }) => (keys ? [{ label, keys }] : []));

/** Made from the actions themselves, so that it cannot be out of date. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useApp();
  return (
    <Dialog title={t('action.showShortcuts')} size="large" textOnly onClose={onClose}>
      <div className="shortcuts">
        <ShortcutGroup title={t('shortcuts.everywhere')} shortcuts={bound(appActions)} />
        <ShortcutGroup title={t('shortcuts.conversation')} shortcuts={bound(conversationActions)} />
        <ShortcutGroup title={t('shortcuts.writing')} shortcuts={writingKeys} />
        <ShortcutGroup title={t('shortcuts.message')} shortcuts={[...readingKeys, ...bound(messageActions)]} />
      </div>
    </Dialog>
  );
}

function ShortcutGroup({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  const { t } = useApp();
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {shortcuts.map(({ label, keys }) => (
          <div key={label} className="shortcut">
            <dt>{t(label)}</dt>
            <dd>
              <kbd className="keys">{written(keys, isApple())}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
