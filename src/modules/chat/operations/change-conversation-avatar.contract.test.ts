import { changeConversationAvatar } from '../../../contracts/chat/avatars.ts';
import { conversationUpdated, getConversation, updateConversation } from '../../../contracts/chat/conversations.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

const avatarUrl = '/api/v1/avatars/x';

test('who may rename a conversation changes its picture, and everyone receives it with the rev it took', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id, rev } = await chat.group(ana, [boris]);
  await chat.call(ana, changeConversationAvatar, { conversationId: id, avatarUrl });
  expect(chat.receivedOf(conversationUpdated).at(-1)?.conversation).toMatchObject({ avatarUrl, rev: rev + 1 });
  await chat.call(ana, updateConversation, { conversationId: id, name: 'Other' });
  expect(await chat.call(boris, getConversation, { conversationId: id })).toMatchObject({ avatarUrl, name: 'Other' });
  await chat.call(ana, changeConversationAvatar, { conversationId: id, avatarUrl: null });
  expect((await chat.call(boris, getConversation, { conversationId: id })).avatarUrl).toBeNull();
});

test('members do not, a direct conversation has none of its own, strangers see nothing', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris]);
  const direct = await chat.direct(ana, boris);
  expect(await refusal(chat.call(boris, changeConversationAvatar, { conversationId: id, avatarUrl }))).toBe('forbidden');
  expect(await refusal(chat.call(ana, changeConversationAvatar, { conversationId: direct.id, avatarUrl }))).toBe('forbidden');
  expect(await refusal(chat.call(chat.person(), changeConversationAvatar, { conversationId: id, avatarUrl }))).toBe('not_found');
});
