import { menuItems } from '../../app/actions/perform.ts';
import { messageActions } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.tsx';
import { Menu } from '../../shared/ui/menu.tsx';
import type { Anchor } from '../../shared/ui/placement.ts';
import type { MessageSubject } from './actions/message-subject.ts';
import { quickEmoji } from './emoji.ts';
import { toggleReaction } from './toggle-reaction.ts';

export function MessageMenu({ subject, anchor, onClose }: { subject: MessageSubject; anchor: Anchor; onClose: () => void }) {
  const app = useApp();
  const { t } = app;
  const react = (emoji: string) => {
    onClose();
    void toggleReaction(app, subject.message, emoji);
  };
  const header =
    subject.message.deletedAt === null ? (
      <div className="menu-emoji" role="group" aria-label={t('action.react')}>
        {quickEmoji.map((emoji) => (
          <button
            key={emoji}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className="quick-emoji"
            aria-label={t('message.reactWith', { emoji })}
            onClick={() => react(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
    ) : null;
  return (
    <Menu label={t('message.menu')} items={menuItems(app, messageActions, subject)} anchor={anchor} header={header} onClose={onClose} />
  );
}
