import { jest } from '@jest/globals';
import { ReorderBuffer } from './reorder-buffer.ts';

let sequence: ReorderBuffer;
let published: string[];
let holes: number;

beforeEach(() => {
  jest.useFakeTimers();
  published = [];
  holes = 0;
  sequence = new ReorderBuffer(() => holes++);
});
afterEach(() => {
  jest.useRealTimers();
});

const take = (rev: number, conversationId = 'room'): void => {
  sequence.take({ conversationId, rev }, () => void published.push(`${conversationId} ${String(rev)}`));
};
const inRoom = (...revs: number[]): string[] => revs.map((rev) => `room ${String(rev)}`);

test('what comes in order is published at once, from wherever it begins', () => {
  for (const rev of [7, 8, 9]) take(rev);
  expect(published).toEqual(inRoom(7, 8, 9));
});

test('what comes too early waits for what is missing', () => {
  for (const rev of [1, 4, 3]) take(rev);
  expect(published).toEqual(inRoom(1));
  take(2);
  expect(published).toEqual(inRoom(1, 2, 3, 4));
  take(5);
  expect(published).toEqual(inRoom(1, 2, 3, 4, 5));
  jest.advanceTimersByTime(5_000);
  expect(published).toHaveLength(5);
  expect(holes).toBe(0);
});

test('a conversation waits for itself alone', () => {
  for (const rev of [1, 3]) take(rev);
  take(5, 'other');
  take(6, 'other');
  expect(published).toEqual(['room 1', 'other 5', 'other 6']);
});

test('what does not come soon is left to sync, and the rest goes on in order', () => {
  for (const rev of [1, 5, 3, 4]) take(rev);
  jest.advanceTimersByTime(999);
  expect(published).toEqual(inRoom(1));
  jest.advanceTimersByTime(1);
  expect(published).toEqual(inRoom(1, 3, 4, 5));
  expect(holes).toBe(1);
  take(6);
  expect(published).toEqual(inRoom(1, 3, 4, 5, 6));
});

test('a node that is cut off does not wait as long', () => {
  sequence.cutOff(true);
  for (const rev of [1, 3]) take(rev);
  jest.advanceTimersByTime(100);
  expect(published).toEqual(inRoom(1, 3));
  sequence.cutOff(false);
  take(5);
  jest.advanceTimersByTime(100);
  expect(published).toEqual(inRoom(1, 3));
});

test('what was passed over is not published after what came later, nor is what came before the first', () => {
  take(3);
  for (const rev of [2, 1]) take(rev);
  take(6);
  jest.advanceTimersByTime(1_000);
  for (const rev of [5, 4, 7]) take(rev);
  expect(published).toEqual(inRoom(3, 6, 7));
});

test('what begins where the store stands waits for what the first overtook, and drops what is past', async () => {
  let answer: (revs: Record<string, number>) => void = () => undefined;
  const asked: string[][] = [];
  const beginning = sequence.begin(['room', 'empty'], (ids) => {
    asked.push(ids);
    return new Promise((resolve) => (answer = resolve));
  });
  for (const rev of [8, 5, 6]) take(rev);
  expect(published).toEqual([]);
  answer({ room: 5 });
  await beginning;
  expect(published).toEqual(inRoom(5, 6));
  take(7);
  expect(published).toEqual(inRoom(5, 6, 7, 8));
  await sequence.begin(['room', 'empty'], (ids) => Promise.resolve(Object.fromEntries(asked.push(ids) ? [['empty', 2]] : [])));
  expect(asked).toEqual([['room', 'empty'], ['empty']]);
});

test('where the store does not answer, what came is published as it came', async () => {
  const beginning = sequence.begin(['room'], () => Promise.reject(new Error('away')));
  take(8);
  take(7);
  await expect(beginning).rejects.toThrow('away');
  expect(published).toEqual(inRoom(7, 8));
});

test('two events of one change are both published', () => {
  for (const rev of [1, 2, 2, 4, 4, 3]) take(rev);
  expect(published).toEqual(inRoom(1, 2, 2, 3, 4, 4));
});

test('a flood is not held back', () => {
  take(1);
  for (let rev = 3; rev < 20_010; rev++) take(rev);
  expect(published.length).toBeGreaterThan(20_000);
  expect(holes).toBe(1);
  expect(published).toEqual(inRoom(1, ...published.slice(1).map((_, index) => index + 3)));
});

test('what nobody is in any more begins anew', () => {
  take(5);
  take(5, 'other');
  sequence.keepOnly(['other']);
  take(3);
  take(4, 'other');
  expect(published).toEqual(['room 5', 'other 5', 'room 3']);
});

test('nothing that is held back is lost by closing', () => {
  for (const rev of [1, 4, 3]) take(rev);
  sequence.close();
  expect(published).toEqual(inRoom(1, 3, 4));
});
