import { systemClock } from '../clock.ts';
import { Deadlines } from './deadlines.ts';

const soon = (): number => systemClock.monotonic() + 60_000;

/** Work that ends when the test lets it. */
function work() {
  let resolve: (value: number) => void = () => undefined;
  const promise = new Promise<number>((done) => (resolve = done));
  return { promise, resolve };
}

describe('the deadlines of many calls', () => {
  const deadlines = new Deadlines();

  afterEach(() => {
    deadlines.stop();
  });

  test('each call gets its own outcome, in whatever order they end', async () => {
    const works = Array.from({ length: 50 }, work);
    const outcomes = works.map(({ promise }, number) => deadlines.race(promise, soon(), String(number)));
    const order = works.map((_, number) => (number * 7) % works.length);
    for (const number of order) works[number]?.resolve(number);
    await expect(Promise.all(outcomes)).resolves.toEqual(works.map((_, number) => number));
  });

  test('those whose deadline has passed are refused, and the others go on', async () => {
    const [late, ended, other] = [work(), work(), work()];
    const refused = [late, work()].map(({ promise }) => deadlines.race(promise, systemClock.monotonic() - 1, 'chat.late'));
    const first = deadlines.race(ended.promise, soon(), 'chat.first');
    const second = deadlines.race(other.promise, soon(), 'chat.second');
    ended.resolve(1);
    await expect(first).resolves.toBe(1);
    for (const outcome of refused)
      await expect(outcome).rejects.toMatchObject({ code: 'deadline_exceeded', detail: 'chat.late took too long.' });
    late.resolve(3);
    other.resolve(2);
    await expect(second).resolves.toBe(2);
  });

  test('a stop refuses those that wait, and work that ends after it changes nothing', async () => {
    const works = Array.from({ length: 5 }, work);
    const refused = works.map(({ promise }) =>
      expect(deadlines.race(promise, soon(), 'chat.any')).rejects.toMatchObject({ code: 'deadline_exceeded' }),
    );
    deadlines.stop();
    await Promise.all(refused);
    const next = work();
    const outcome = deadlines.race(next.promise, soon(), 'chat.next');
    for (const { resolve } of works) resolve(0);
    next.resolve(1);
    await expect(outcome).resolves.toBe(1);
  });
});
