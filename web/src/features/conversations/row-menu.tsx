import { useState, type MouseEvent } from 'react';
import { menuItems } from '../../app/actions/perform.ts';
import { conversationActions } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.tsx';
import { useStore } from '../../shared/state/use-store.ts';
import { Menu } from '../../shared/ui/menu.tsx';
import { anchorOf, type Anchor } from '../../shared/ui/anchor.ts';
import { showMembers } from '../members/actions/show-members.ts';
import { jumpToLatest } from './actions/jump-to-latest.ts';

export interface Row {
  readonly conversationId: string;
  readonly anchor: Anchor;
}

/** What the right button, a long press or the menu key opens on a row of the list; one for the whole list. */
export function useRowMenu(): { row: Row | null; open: (event: MouseEvent) => void; close: () => void } {
  const [row, setRow] = useState<Row | null>(null);
  const open = (event: MouseEvent) => {
    const link = (event.target as Element).closest<HTMLElement>('a[data-conversation]');
    const conversationId = link?.dataset['conversation'];
    if (!link || conversationId === undefined) return;
    event.preventDefault();
    setRow({ conversationId, anchor: anchorOf(event, link) });
  };
  return { row, open, close: () => setRow(null) };
}

/** Actions on the place of the open conversation make no sense on another one. */
const onTheOpenOne: readonly unknown[] = [showMembers, jumpToLatest];

export function RowMenu({ row, onClose }: { row: Row; onClose: () => void }) {
  const app = useApp();
  const conversation = useStore(app.client.conversation(row.conversationId).conversation);
  if (!conversation) return null;
  const actions = conversationActions.filter((action) => !onTheOpenOne.includes(action));
  return <Menu label={app.t('conversation.menu')} items={menuItems(app, actions, conversation)} anchor={row.anchor} onClose={onClose} />;
}
