import type { Conversation } from '../../../contracts/chat/conversations.ts';
import type { Message } from '../../../contracts/chat/messages.ts';
import { newId } from '../../../kernel/ids.ts';
import type { OwnRev } from '../ports.ts';
import { bytesOf } from '../../../kernel/paging.ts';
import { emojiAtMost, reactionsAtMost } from './reactions.ts';
import { SyncPage } from './sync-page.ts';

const at = '2026-02-03T10:00:00.000Z';
const own = (id = newId()): OwnRev => ({ id, rev: 9, activeAt: at, lastReadSeq: 7, muted: true });
const conversation = ({ id, rev }: OwnRev): Conversation => ({ id, rev, name: 'n'.repeat(400) }) as unknown as Conversation;
const message = (rev: number, text: string, over: Partial<Message> = {}): Message =>
  ({ id: newId(), conversationId: newId(), rev, text, ...over }) as unknown as Message;
const cursorOf = ({ part, id }: { part: string; id: string }): string => `${part} ${id}`;

test('the largest message that can be fits into a frame with all that comes along', () => {
  const share = reactionsAtMost / emojiAtMost;
  const reactions = Array.from({ length: emojiAtMost }, () => ({
    emoji: '語'.repeat(64),
    userIds: Array.from({ length: share }, () => newId()),
  }));
  const mentions = Array.from({ length: 200 }, () => newId());
  const page = new SyncPage(240_000);
  page.putRemoved(Array.from({ length: 2_000 }, () => newId()));
  const one = own();
  expect(
    page.putDiffering(one, conversation(one), { messages: [message(9, '\u0001'.repeat(16_000), { reactions, mentions })], isCut: false }),
  ).toBe(true);
  expect(bytesOf(page.answer(cursorOf))).toBeLessThan(256 * 1024);
});

test('a conversation whose first change does not fit begins the next page', () => {
  const page = new SyncPage(10_000);
  const [first, second] = [own(), own()];
  expect(page.putDiffering(first, conversation(first), null)).toBe(true);
  expect(page.putDiffering(second, conversation(second), { messages: [message(9, 'x'.repeat(9_500))], isCut: false })).toBe(false);
  expect(page.answer(cursorOf)).toMatchObject({ cursor: `differing ${first.id}`, more: true, changes: {}, reads: { [first.id]: 7 } });
});

test('changes that fit in part say up to where, and that there is more', () => {
  const page = new SyncPage(10_000);
  const one = own();
  const messages = Array.from({ length: 9 }, (_, index) => message(index + 1, 'x'.repeat(2_000)));
  page.putDiffering(one, conversation(one), { messages, isCut: false });
  const answer = page.answer(cursorOf);
  expect(answer.changes[one.id]).toMatchObject({ uptoRev: 4, more: true });
  expect([answer.cursor, answer.more]).toEqual([null, true]);
  expect(bytesOf(answer)).toBeLessThanOrEqual(10_000);
});

test('marks of what stayed as it is come as far as they fit', () => {
  const page = new SyncPage(4_096);
  const settled = Array.from({ length: 100 }, () => own());
  page.putSettled(settled);
  const { reads, cursor } = page.answer(cursorOf);
  const count = Object.keys(reads).length;
  expect([cursor, count > 40, count < 50]).toEqual([`settled ${settled[count - 1]!.id}`, true, true]);
  expect(bytesOf(page.answer(cursorOf))).toBeLessThanOrEqual(4_096);
});
