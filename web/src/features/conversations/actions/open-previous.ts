import type { Action } from '../../../app/actions/action.ts';
import { openConversationId } from '../open-conversation.ts';
import { chatRoute } from '../../../app/routes.ts';
import { inOrder, neighbourOf, sectionsOf } from '../conversation-list.ts';

export const openPrevious: Action = {
  name: 'conversation.openPrevious',
  label: 'action.openPrevious',
  icon: 'up',
  keys: 'Alt+ArrowUp',
  test: (app) => neighbourOf(inOrder(sectionsOf(app)), openConversationId(app), -1, 'any') !== undefined,
  perform(app) {
    const next = neighbourOf(inOrder(sectionsOf(app)), openConversationId(app), -1, 'any');
    if (next) app.navigation.go(chatRoute(next.id));
  },
};
