import { conversationUpdated, getConversation, muteChanged, updateConversation } from '../../../contracts/chat/conversations.ts';
import { joinConversation } from '../../../contracts/chat/members.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('owners and moderators rename it, and everyone receives it with the rev it took', async () => {
  const ana = chat.person();
  const { id, rev } = await chat.group(ana);
  const after = await chat.call(ana, updateConversation, { conversationId: id, name: 'New', topic: 'Topic' });
  expect(after).toMatchObject({ name: 'New', topic: 'Topic', rev: rev + 1 });
  expect(await chat.call(ana, updateConversation, { conversationId: id, topic: null })).toMatchObject({ name: 'New', topic: null });
  expect(chat.receivedOf(conversationUpdated).map(({ conversation }) => conversation.rev)).toEqual([rev + 1, rev + 2]);
});

test('anybody mutes it for themselves, which is nobody’s business but theirs', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id, rev } = await chat.group(ana, [boris]);
  expect(await chat.call(boris, updateConversation, { conversationId: id, muted: true })).toMatchObject({ muted: true, rev });
  expect((await chat.call(ana, getConversation, { conversationId: id })).muted).toBe(false);
  expect(chat.receivedOf(muteChanged)).toEqual([{ conversationId: id, userId: boris.userId, muted: true }]);
});

test('a channel made private lets nobody join any more', async () => {
  const ana = chat.person();
  const { id } = await chat.channel(ana);
  await chat.call(ana, updateConversation, { conversationId: id, visibility: 'private' });
  expect(await refusal(chat.call(chat.person(), joinConversation, { conversationId: id }))).toBe('not_found');
});

test('members do not rename, a direct conversation has no name, strangers see nothing', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const both = await chat.direct(ana, boris);
  expect(await refusal(chat.call(boris, updateConversation, { conversationId: id, name: 'Mine' }))).toBe('forbidden');
  expect(await refusal(chat.call(ana, updateConversation, { conversationId: both.id, name: 'Us' }))).toBe('forbidden');
  expect(await refusal(chat.call(chat.person(), updateConversation, { conversationId: id, muted: true }))).toBe('not_found');
  expect(await refusal(chat.call(ana, updateConversation, { conversationId: newId(), name: 'x' }))).toBe('not_found');
});
