import { type Turn, ConcurrencyLimiter } from './concurrency-limiter.ts';

let now = 0;
beforeEach(() => {
  now = 0;
});
const open = (places = 2, perGroup = places) =>
  new ConcurrencyLimiter({ atOnce: 2, known: { places, perGroup }, others: { places, perGroup }, now: () => now });
const someone = { deadline: 1, group: 'a network', isKnown: false };
const known = (group: string) => ({ deadline: 1, group, isKnown: true });
const from = (group: string) => ({ ...someone, group });

/** Work that a test ends. */
function work() {
  let begun = false;
  let end: (outcome: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const done = new Promise<string>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return {
    run: () => {
      begun = true;
      return done;
    },
    hasBegun: () => begun,
    end,
    fail,
  };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the limiter', () => {
  test('lets two through at a time, first come first served', async () => {
    const limiter = open(10);
    const jobs = [work(), work(), work(), work()];
    const passing = jobs.map(({ run }) => limiter.pass(run, someone));
    await turn();
    expect(jobs.map((job) => job.hasBegun())).toEqual([true, true, false, false]);
    expect(limiter.waiting).toBe(2);
    jobs[1]!.end('second');
    await turn();
    expect(jobs.map((job) => job.hasBegun())).toEqual([true, true, true, false]);
    for (const job of jobs) job.end('done');
    await expect(Promise.all(passing)).resolves.toEqual(['done', 'second', 'done', 'done']);
    expect(limiter.waiting).toBe(0);
  });

  test('turns away whoever would wait behind too many', async () => {
    const limiter = open();
    const jobs = [work(), work(), work(), work()];
    const passing = jobs.map(({ run }) => limiter.pass(run, someone));
    await expect(limiter.pass(work().run, someone)).rejects.toMatchObject({ code: 'unavailable', retryAfter: 2 });
    for (const job of jobs) job.end('done');
    await Promise.all(passing);
    await expect(limiter.pass(() => Promise.resolve('again'), someone)).resolves.toBe('again');
  });

  test('does not begin what nobody waits for any more', async () => {
    const limiter = open();
    const jobs = [work(), work()];
    const passing = jobs.map(({ run }) => limiter.pass(run, someone));
    const late = work();
    const waiting = limiter.pass(late.run, { ...someone, deadline: 5 });
    await turn();
    now = 6;
    jobs[0]!.end('done');
    await expect(waiting).rejects.toMatchObject({ code: 'deadline_exceeded' });
    expect(late.hasBegun()).toBe(false);
    jobs[1]!.end('done');
    await Promise.all(passing);
  });

  test('goes on after work that fails', async () => {
    const limiter = open();
    const jobs = [work(), work(), work()];
    const passing = jobs.map(({ run }) => limiter.pass(run, someone));
    jobs[0]!.fail(new Error('broken'));
    await expect(passing[0]).rejects.toThrow('broken');
    jobs[1]!.end('done');
    jobs[2]!.end('done');
    await expect(passing[2]).resolves.toBe('done');
  });

  /** Holds both places while `arrive` queues, then lets all through; answers the order in which they began. */
  async function orderOf(limiter: ConcurrencyLimiter, arrive: (queue: (name: string, turn: Turn) => void) => void): Promise<string[]> {
    const first = [work(), work()];
    const passing: Promise<unknown>[] = first.map(({ run }) => limiter.pass(run, someone));
    const order: string[] = [];
    arrive((name, turn) => {
      const begin = () => Promise.resolve(void order.push(name));
      passing.push(limiter.pass(begin, turn).catch((error: unknown) => void order.push(`${name} ${(error as { code: string }).code}`)));
    });
    for (const job of first) job.end('done');
    await Promise.all(passing);
    return order;
  }

  test('lets known places through before strangers, of whom none waits for ever', async () => {
    const order = await orderOf(open(20), (queue) => {
      for (let nth = 0; nth < 3; nth++) queue(`stranger ${String(nth)}`, from(`network ${String(nth)}`));
      for (let nth = 0; nth < 6; nth++) queue(`known ${String(nth)}`, known(`account ${String(nth)}`));
    });
    expect(order.filter((name) => name.startsWith('known'))).toEqual([0, 1, 2, 3, 4, 5].map((nth) => `known ${String(nth)}`));
    expect(order.indexOf('known 5')).toBeLessThan(order.indexOf('stranger 2'));
    expect(order.indexOf('stranger 0')).toBeLessThan(order.indexOf('known 5'));
  });

  test('lets networks take turns, so that a crowd of one holds up itself alone', async () => {
    const order = await orderOf(open(20), (queue) => {
      for (let nth = 0; nth < 5; nth++) queue(`crowd ${String(nth)}`, from('a crowd'));
      queue('one', from('another network'));
    });
    expect(order.indexOf('one')).toBe(1);
  });

  test('keeps places for known ones and for small networks, whatever floods it', async () => {
    const order = await orderOf(open(4), (queue) => {
      for (let nth = 0; nth < 10; nth++) queue(`flood ${String(nth)}`, from('a crowd'));
      queue('one', from('another network'));
      queue('ana', known('ana'));
    });
    expect(order.filter((name) => name.endsWith('unavailable'))).toHaveLength(7);
    expect(order).toEqual(expect.arrayContaining(['one', 'ana']));
  });

  test('takes no more of one group than it may have', async () => {
    const order = await orderOf(open(10, 2), (queue) => {
      for (let nth = 0; nth < 4; nth++) queue(`ana ${String(nth)}`, known('ana'));
    });
    expect(order.filter((name) => name.endsWith('unavailable'))).toEqual(['ana 2 unavailable', 'ana 3 unavailable']);
  });
});
