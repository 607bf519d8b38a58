import { menuItems } from '../../app/actions/perform.ts';
import { messageActions } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.tsx';
import type { Anchor } from '../../shared/ui/anchor.ts';
import { Menu } from '../../shared/ui/menu.tsx';
import type { MessageSubject } from './actions/message-subject.ts';
import { quickEmoji } from './emoji.ts';
import { toggleReaction } from './toggle-reaction.ts';

export function MessageMenu({ subject, anchor, onClose }: { subject: MessageSubject; anchor: Anchor; onClose: () => void }) {
  const app = useApp();
  const { t } = app;
  const reactions = quickEmoji.map((emoji) => ({
    sign: emoji,
    label: t('message.reactWith', { emoji }),
    onChoose: () => void toggleReaction(app, subject.message, emoji),
  }));
  return (
    <Menu
      label={t('message.menu')}
      items={menuItems(app, messageActions, subject)}
      signs={subject.message.deletedAt === null ? { label: t('action.react'), items: reactions } : undefined}
      anchor={anchor}
      onClose={onClose}
    />
  );
}
