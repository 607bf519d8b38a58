import { conversationRemoved, conversationUpdated } from '../../../contracts/chat/conversations.ts';
import { memberChanged, memberLeft, membersJoined } from '../../../contracts/chat/members.ts';
import type { EventDeclaration } from '../../../contracts/define.ts';
import { newId } from '../../../kernel/ids.ts';
import type { ChatParts } from '../parts.ts';
import { onMembersChanged } from './on-members-changed.ts';

test.each<[EventDeclaration, (id: string) => object]>([
  [membersJoined, (conversationId) => ({ conversationId })],
  [memberLeft, (conversationId) => ({ conversationId })],
  [memberChanged, (conversationId) => ({ conversationId })],
  [conversationRemoved, (conversationId) => ({ conversationId })],
  [conversationUpdated, (id) => ({ conversation: { id } })],
])('%o: the memberships of this conversation are forgotten, at once', async (event, payloadOf) => {
  const forgotten: string[] = [];
  const parts = { memberships: { forget: (id: string) => void forgotten.push(id) } } as unknown as ChatParts;
  const mine = onMembersChanged(parts).filter((subscription) => subscription.event === event);
  expect(mine.map(({ mode }) => mode)).toEqual(['live']);
  const id = newId();
  await mine[0]?.handle({ id: newId(), event: event.name, payload: payloadOf(id) });
  expect(forgotten).toEqual([id]);
});
