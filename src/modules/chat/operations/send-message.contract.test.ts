import { messageCreated, messageUpdated } from '../../../contracts/chat/events.ts';
import { listMessages, removeMember, sendMessage } from '../../../contracts/chat/operations.ts';
import { newId } from '../../../kernel/ids.ts';
import { type ChatRoom, openChatRoom } from '../testing/chat-room.ts';

let room: ChatRoom;
beforeAll(async () => {
  room = await openChatRoom();
});
afterAll(() => room.close());

test('a message gets the next seq and rev, is announced, and counts as read by its sender', async () => {
  const ana = room.person('ana');
  const boris = room.person('boris');
  const { id } = await room.group(ana, [boris]);
  const first = await room.say(ana, { id }, 'hello');
  const second = await room.say(boris, { id }, 'hi');
  expect([first.seq, second.seq]).toEqual([1, 2]);
  expect(second.rev).toBe(first.rev + 1);
  expect(room.heardOf(messageCreated).map(({ message }) => message)).toEqual(expect.arrayContaining([first, second]));
});

test('sending the same clientMessageId again answers the first message, in parallel too', async () => {
  const ana = room.person();
  const { id } = await room.group(ana);
  const input = { conversationId: id, clientMessageId: newId(), text: 'once' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => room.call(ana, sendMessage, input)));
  expect(new Set(answers.map((message) => `${message.id} ${String(message.seq)}`)).size).toBe(1);
  expect((await room.call(ana, sendMessage, { ...input, text: 'other' })).text).toBe('once');
});

test('a stranger, somebody taken out and an unknown conversation are answered alike', async () => {
  const ana = room.person();
  const boris = room.person();
  const { id } = await room.group(ana, [boris]);
  await room.say(boris, { id }, 'in');
  await room.call(ana, removeMember, { conversationId: id, userId: boris.userId });
  expect(await room.refusal(room.say(boris, { id }, 'out'))).toBe('not_found');
  expect(await room.refusal(room.say(room.person(), { id }, 'never in'))).toBe('not_found');
  expect(await room.refusal(room.say(ana, { id: newId() }, 'nowhere'))).toBe('not_found');
});

test('mentions are members named in the text, never the sender or strangers', async () => {
  const cleo = room.person('cleo');
  const dan = room.person('dan');
  room.person('stranger');
  const { id } = await room.group(cleo, [dan]);
  expect((await room.say(cleo, { id }, '@dan @cleo @stranger @nobody')).mentions).toEqual([dan.userId]);
  expect((await room.say(dan, { id }, '@all look')).mentions).toEqual([cleo.userId]);
});

test('a reply and a thread stay in their conversation', async () => {
  const ana = room.person();
  const { id } = await room.group(ana);
  const other = await room.group(ana);
  const root = await room.say(ana, { id }, 'root');
  const elsewhere = await room.say(ana, other, 'elsewhere');
  expect((await room.say(ana, { id }, 'reply', { replyTo: root.id })).replyTo).toBe(root.id);
  expect(await room.refusal(room.say(ana, { id }, 'reply', { replyTo: elsewhere.id }))).toBe('validation_failed');
  expect(await room.refusal(room.say(ana, { id }, 'reply', { threadRootId: elsewhere.id }))).toBe('validation_failed');
  const inThread = await room.say(ana, { id }, 'in thread', { threadRootId: root.id });
  expect(await room.refusal(room.say(ana, { id }, 'deeper', { threadRootId: inThread.id }))).toBe('validation_failed');
});

test('a thread counts its replies, a repeated send no twice', async () => {
  const ana = room.person();
  const { id } = await room.group(ana);
  const root = await room.say(ana, { id }, 'root');
  const clientMessageId = newId();
  await room.say(ana, { id }, 'one', { threadRootId: root.id, clientMessageId });
  await room.say(ana, { id }, 'one', { threadRootId: root.id, clientMessageId });
  await room.say(ana, { id }, 'two', { threadRootId: root.id });
  const { items } = await room.call(ana, listMessages, { conversationId: id });
  expect(items.find((message) => message.id === root.id)?.threadCount).toBe(2);
  expect(
    room
      .heardOf(messageUpdated)
      .filter(({ message }) => message.id === root.id)
      .map(({ message }) => message.threadCount),
  ).toEqual([1, 2]);
});

test('blank and over-long texts are refused', async () => {
  const ana = room.person();
  const { id } = await room.group(ana);
  expect(await room.refusal(room.say(ana, { id }, ' \n '))).toBe('validation_failed');
  expect(await room.refusal(room.say(ana, { id }, 'x'.repeat(16_001)))).toBe('validation_failed');
});
