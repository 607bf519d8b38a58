import { getConversation } from '../../../contracts/chat/conversations.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a member sees it with its members, as their own', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  await chat.say(ana, { id }, 'text');
  const seen = await chat.call(boris, getConversation, { conversationId: id });
  expect(seen).toMatchObject({ role: 'member', unread: 1, muted: false, lastSeq: 1 });
  expect(seen.members?.map(({ userId }) => userId).sort()).toEqual([ana.userId, boris.userId].sort());
});

test('to anybody else it does not exist, a public channel neither before it is joined', async () => {
  const ana = chat.person();
  const admin = chat.person(undefined, 'admin');
  const { id } = await chat.group(ana);
  const open = await chat.channel(ana);
  expect(await refusal(chat.call(admin, getConversation, { conversationId: id }))).toBe('not_found');
  expect(await refusal(chat.call(admin, getConversation, { conversationId: open.id }))).toBe('not_found');
  expect(await refusal(chat.call(ana, getConversation, { conversationId: newId() }))).toBe('not_found');
});
