import { Turns } from './turns.ts';

interface Held {
  readonly answer: Promise<unknown>;
  readonly end: () => void;
}

let started: string[];
let turns: Turns;

beforeEach(() => {
  started = [];
  turns = new Turns({ atOnce: 2, waitingAtMost: 3 });
});

function call(userId: string, name: string): Held {
  let end = (): void => undefined;
  const held = new Promise<void>((resolve) => (end = resolve));
  const answer = turns.take(userId, async () => {
    started.push(name);
    await held;
    return name;
  });
  return { answer, end };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a few calls of one person run at a time, the others in their order, and nobody else waits', async () => {
  const calls = ['a1', 'a2', 'a3', 'a4'].map((name) => call('ana', name));
  const other = call('boris', 'b1');
  await settled();
  expect(started).toEqual(['a1', 'a2', 'b1']);
  calls[0]?.end();
  await settled();
  expect(started).toEqual(['a1', 'a2', 'b1', 'a3']);
  for (const { end } of [...calls, other]) end();
  expect(await Promise.all([...calls, other].map(({ answer }) => answer))).toEqual(['a1', 'a2', 'a3', 'a4', 'b1']);
  expect(turns.size).toBe(0);
});

test('more calls than may wait are refused at once', async () => {
  const calls = ['1', '2', '3', '4', '5'].map((name) => call('ana', name));
  await expect(call('ana', '6').answer).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 1 });
  for (const { end } of calls) end();
  await Promise.all(calls.map(({ answer }) => answer));
});

test('a call that fails gives its turn back', async () => {
  const fail = () => Promise.reject(new Error('no'));
  for (let n = 0; n < 5; n++) await expect(turns.take('ana', fail)).rejects.toThrow('no');
  expect(turns.size).toBe(0);
});
