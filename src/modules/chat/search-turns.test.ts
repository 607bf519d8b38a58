import { SearchTurns } from './search-turns.ts';

/** A search that a test ends. */
function held(): { search: () => Promise<string>; end: (answer: string) => void; hasBegun: () => boolean } {
  let end: (answer: string) => void = () => undefined;
  let hasBegun = false;
  const answer = new Promise<string>((resolve) => (end = resolve));
  return {
    search: () => {
      hasBegun = true;
      return answer;
    },
    end: (text) => {
      end(text);
    },
    hasBegun: () => hasBegun,
  };
}
const bounds = { lanes: 2, waiting: 2, waitMs: 60_000 };

test('a person has one search at a time; the newest that waits takes the place of an older one', async () => {
  const turns = new SearchTurns(bounds);
  const [first, second, third] = [held(), held(), held()];
  const one = turns.take('ana', first.search);
  const two = turns.take('ana', second.search);
  const three = turns.take('ana', third.search);
  await expect(two).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 1 });
  expect([first.hasBegun(), second.hasBegun(), third.hasBegun()]).toEqual([true, false, false]);
  first.end('first');
  third.end('third');
  expect([await one, await three]).toEqual(['first', 'third']);
});

test('one person with many searches keeps no other from theirs', async () => {
  const turns = new SearchTurns(bounds);
  const long = held();
  const mine = turns.take('ana', long.search);
  const more = Array.from({ length: 30 }, () => turns.take('ana', () => Promise.resolve('mine')));
  expect(await turns.take('boris', () => Promise.resolve('his'))).toBe('his');
  long.end('long');
  expect(await mine).toBe('long');
  const outcomes = await Promise.allSettled(more);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a node searches for few at once, lets some wait and refuses the rest', async () => {
  const turns = new SearchTurns(bounds);
  const running = [held(), held()];
  const begun = running.map(({ search }, index) => turns.take(`running ${String(index)}`, search));
  const waiting = ['carla', 'dora'].map((name) => turns.take(name, () => Promise.resolve(name)));
  await expect(turns.take('emil', () => Promise.resolve('emil'))).rejects.toMatchObject({ code: 'rate_limited' });
  for (const { end } of running) end('done');
  expect(await Promise.all([...begun, ...waiting])).toEqual(['done', 'done', 'carla', 'dora']);
});

test('who waits too long is refused, and a search that fails makes room', async () => {
  const turns = new SearchTurns({ ...bounds, lanes: 1, waitMs: 1 });
  const long = held();
  const one = turns.take('ana', long.search);
  await expect(turns.take('boris', () => Promise.resolve('his'))).rejects.toMatchObject({ code: 'rate_limited' });
  long.end('done');
  await one;
  await expect(turns.take('carla', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await turns.take('dora', () => Promise.resolve('hers'))).toBe('hers');
});
