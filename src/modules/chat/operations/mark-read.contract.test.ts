import { markRead, readMoved } from '../../../contracts/chat/read-state.ts';
import { addMembers } from '../../../contracts/chat/members.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a mark moves forward, never back, never beyond the log, and is published once', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  for (let count = 0; count < 4; count++) await chat.say(ana, { id }, 'text');
  const mark = (seq: number) => chat.call(boris, markRead, { conversationId: id, seq });
  expect(await mark(2)).toEqual({ conversationId: id, lastReadSeq: 2, unread: 2 });
  expect(await mark(1)).toEqual({ conversationId: id, lastReadSeq: 2, unread: 2 });
  expect(await mark(99)).toEqual({ conversationId: id, lastReadSeq: 4, unread: 0 });
  expect(chat.receivedOf(readMoved).map(({ seq, receipts }) => [seq, receipts])).toEqual([
    [2, true],
    [4, true],
  ]);
});

test('where receipts are off the others receive nothing', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana, []);
  const boris = chat.person();
  await chat.call(ana, addMembers, { conversationId: id, userIds: [boris.userId] });
  await chat.say(ana, { id }, 'text');
  chat.settings = { ...chat.settings, readReceipts: false };
  await chat.call(boris, markRead, { conversationId: id, seq: 1 });
  chat.settings = { ...chat.settings, readReceipts: true };
  expect(chat.receivedOf(readMoved).find(({ conversationId }) => conversationId === id)?.receipts).toBe(false);
});

test('one has no mark where one is not', async () => {
  const { id } = await chat.group(chat.person());
  expect(await refusal(chat.call(chat.person(), markRead, { conversationId: id, seq: 1 }))).toBe('not_found');
});
