import type { Action } from '../../../app/actions/action.ts';
import { openConversationId } from '../open-conversation.ts';
import { chatRoute } from '../../../app/routes.ts';
import { inOrder, neighbourOf, sectionsOf } from '../conversation-list.ts';

export const openNextUnread: Action = {
  name: 'conversation.openNextUnread',
  label: 'action.openNextUnread',
  icon: 'bell',
  keys: 'Alt+Shift+ArrowDown',
  test: (app) => neighbourOf(inOrder(sectionsOf(app)), openConversationId(app), 1, 'unread') !== undefined,
  perform(app) {
    const next = neighbourOf(inOrder(sectionsOf(app)), openConversationId(app), 1, 'unread');
    if (next) app.navigation.go(chatRoute(next.id));
  },
};
