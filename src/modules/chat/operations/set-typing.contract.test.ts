import { setTyping, typing } from '../../../contracts/chat/typing.ts';
import { getConversation } from '../../../contracts/chat/conversations.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('typing is signalled and stored nowhere', async () => {
  const ana = chat.person();
  const { id, rev } = await chat.group(ana);
  await chat.call(ana, setTyping, { conversationId: id, typing: true });
  await new Promise((resolve) => setImmediate(resolve));
  expect(chat.receivedOf(typing)).toEqual([{ conversationId: id, userId: ana.userId, typing: true }]);
  expect((await chat.call(ana, getConversation, { conversationId: id })).rev).toBe(rev);
});

test('nobody types where they are not', async () => {
  const { id } = await chat.group(chat.person());
  expect(await refusal(chat.call(chat.person(), setTyping, { conversationId: id, typing: true }))).toBe('not_found');
});

test('typing of somebody who shows as offline is not published', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  chat.unseen.add(ana.userId);
  const before = chat.receivedOf(typing).length;
  await chat.call(ana, setTyping, { conversationId: id, typing: true });
  await new Promise((resolve) => setImmediate(resolve));
  expect(chat.receivedOf(typing).length).toBe(before);
});
