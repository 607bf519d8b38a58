import type { Message } from '../../../contracts/chat/messages.ts';
import { previewOf } from './previews.ts';

const message = (over: Partial<Message>): Message => ({ id: 'm', text: '', mentions: [], reactions: [], ...over }) as unknown as Message;

test('a short message is its own preview', () => {
  const short = message({ text: 'x'.repeat(300), mentions: ['a'], reactions: [{ emoji: '👍', userIds: ['a', 'b'] }] });
  expect(previewOf(short)).toBe(short);
});

test.each([
  ['letters', 'a'.repeat(16_000)],
  ['signs of two units', '🦒'.repeat(8_000)],
  ['signs of many code points', '👨‍👩‍👧‍👦'.repeat(1_400)],
  ['letters with marks', 'é̂'.repeat(5_000)],
  ['one endless sign', `a${'\u0301'.repeat(15_000)}`],
])('of a long text of %s whole signs are shown, at most 300 code points, and it says so', (_, text) => {
  const shown = previewOf(message({ text }));
  expect(shown.truncated).toBe(true);
  expect(Array.from(shown.text).length).toBeLessThanOrEqual(300);
  expect(Array.from(shown.text).length).toBeGreaterThan(150);
  expect(shown.text.isWellFormed()).toBe(true);
  expect(text.startsWith(shown.text)).toBe(true);
});

test('the reactions and mentions of very many people are left out, and it says so', () => {
  const many = Array.from({ length: 2_000 }, (_unused, index) => String(index));
  expect(previewOf(message({ reactions: [{ emoji: '👍', userIds: many }] }))).toMatchObject({ reactions: [], truncated: true });
  expect(previewOf(message({ mentions: many })).mentions).toHaveLength(20);
  expect(previewOf(message({}), true)).toMatchObject({ truncated: true });
});
