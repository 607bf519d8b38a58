import { menuItems } from '../../app/actions/perform.ts';
import { conversationActions } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.tsx';
import { useStore } from '../../shared/state/use-store.ts';
import { Menu } from '../../shared/ui/menu.tsx';
import { showMembers } from '../members/actions/show-members.ts';
import { jumpToLatest } from './actions/jump-to-latest.ts';
import type { Row } from './row-menu.tsx';

/** Actions on the place of the open conversation make no sense on another one. */
const onTheOpenOne: readonly unknown[] = [showMembers, jumpToLatest];

export function RowMenuView({ row, onClose }: { row: Row; onClose: () => void }) {
  const app = useApp();
  const conversation = useStore(app.client.conversation(row.conversationId).conversation);
  if (!conversation) return null;
  const actions = conversationActions.filter((action) => !onTheOpenOne.includes(action));
  return <Menu label={app.t('conversation.menu')} items={menuItems(app, actions, conversation)} anchor={row.anchor} onClose={onClose} />;
}
