import { batchesOf } from './history.ts';

const conversations = ['long', 'half', 'a', 'b'].map((id) => ({ id, senderIds: ['ana', 'bo'] }));
const rowsOf = (count: number, size = 100) => [...batchesOf({ count, conversations, seed: 3 }, size)];

describe('a history', () => {
  it('is half in the first conversation and a quarter in the second', () => {
    const counts = new Map<string, number>();
    for (const { conversationId } of rowsOf(400).flat()) counts.set(conversationId, (counts.get(conversationId) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ long: 200, half: 100, a: 50, b: 50 });
  });

  it('is the same however many messages are put at a time', () => {
    const texts = (size: number): string[] => rowsOf(250, size).flatMap((rows) => rows.map(({ text }) => text));
    expect(texts(7)).toEqual(texts(250));
  });

  it('goes up in time and ends now', () => {
    const times = rowsOf(250).flatMap((rows) => rows.map(({ atMs }) => atMs));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(Math.abs(times.at(-1)! - Date.now())).toBeLessThan(5_000);
  });
});
