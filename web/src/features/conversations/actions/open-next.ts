import type { Action } from '../../../app/actions/action.ts';
import { openConversationId } from '../open-conversation.ts';
import { chatRoute } from '../../../app/routes.ts';
import { inOrder, neighbourOf, sectionsOf } from '../conversation-list.ts';

export const openNext: Action = {
  name: 'conversation.openNext',
  label: 'action.openNext',
  icon: 'down',
  keys: 'Alt+ArrowDown',
  test: (app) => neighbourOf(inOrder(sectionsOf(app)), openConversationId(app), 1, 'any') !== undefined,
  perform(app) {
    const next = neighbourOf(inOrder(sectionsOf(app)), openConversationId(app), 1, 'any');
    if (next) app.navigation.go(chatRoute(next.id));
  },
};
