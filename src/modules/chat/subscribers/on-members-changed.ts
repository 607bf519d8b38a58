import { conversationRemoved, conversationUpdated } from '../../../contracts/chat/conversations.ts';
import { memberChanged, memberLeft, membersJoined } from '../../../contracts/chat/members.ts';
import { onLive, type Subscription } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

/** Memberships in memory are read again after every change of who may do what. */
export const onMembersChanged = ({ memberships }: ChatParts): Subscription[] => [
  ...[membersJoined, memberLeft, memberChanged, conversationRemoved].map((event) =>
    onLive(event, 'chat.memberships', ({ payload }) => {
      memberships.forget((payload as { conversationId: string }).conversationId);
    }),
  ),
  onLive(conversationUpdated, 'chat.memberships', ({ payload: { conversation } }) => {
    memberships.forget(conversation.id);
  }),
];
