import { readRecipients } from '../../../contracts/chat/recipients.ts';
import { sendMessage } from '../../../contracts/chat/messages.ts';
import { markRead } from '../../../contracts/chat/read-state.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('members of many conversations are read at once, with what they have read', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const first = await chat.group(ana, [boris]);
  const second = await chat.channel(ana);
  const root = await chat.call(ana, sendMessage, { conversationId: first.id, clientMessageId: newId(), text: 'root' });
  const reply = { conversationId: first.id, clientMessageId: newId(), text: 'reply', threadRootId: root.id };
  await chat.call(boris, sendMessage, reply);
  await chat.call(ana, markRead, { conversationId: first.id, seq: 1 });
  const input = { conversationIds: [first.id, second.id, newId()], messageIds: [root.id, newId()], threadRootIds: [root.id] };
  const found = await chat.call(ana, readRecipients, input);
  const marks = found.conversations.map(({ conversationId, members }) => [
    conversationId,
    Object.fromEntries(members.map(({ userId, lastReadSeq }) => [userId, lastReadSeq])),
  ]);
  expect(Object.fromEntries(marks)).toEqual({ [first.id]: { [ana.userId]: 1, [boris.userId]: 2 }, [second.id]: { [ana.userId]: 0 } });
  expect(found.messages).toEqual([{ id: root.id, senderId: ana.userId, deleted: false }]);
  expect(found.threads[root.id]?.sort()).toEqual([ana.userId, boris.userId].sort());
});

test('only those who are asked for are answered', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris]);
  const { conversations } = await chat.call(ana, readRecipients, { conversationIds: [id], userIds: [boris.userId] });
  expect(conversations).toMatchObject([{ kind: 'group', members: [{ userId: boris.userId, muted: false }] }]);
});
