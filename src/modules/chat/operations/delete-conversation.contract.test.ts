import { conversationRemoved, deleteConversation } from '../../../contracts/chat/conversations.ts';
import { getMessage } from '../../../contracts/chat/messages.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('an owner removes it with all messages, and its members receive the event', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const sent = await chat.say(boris, { id }, 'text');
  await chat.call(ana, deleteConversation, { conversationId: id });
  const [removed] = chat.receivedOf(conversationRemoved);
  expect([removed?.conversationId, [...(removed?.memberIds ?? [])].sort()]).toEqual([id, [ana.userId, boris.userId].sort()]);
  expect(await refusal(chat.call(boris, getMessage, { messageId: sent.id }))).toBe('not_found');
  expect(await refusal(chat.say(boris, { id }, 'after'))).toBe('not_found');
});

test('members do not, nobody removes a direct one, strangers see nothing', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const both = await chat.direct(ana, boris);
  expect(await refusal(chat.call(boris, deleteConversation, { conversationId: id }))).toBe('forbidden');
  expect(await refusal(chat.call(ana, deleteConversation, { conversationId: both.id }))).toBe('forbidden');
  expect(await refusal(chat.call(chat.person(undefined, 'owner'), deleteConversation, { conversationId: id }))).toBe('not_found');
});
