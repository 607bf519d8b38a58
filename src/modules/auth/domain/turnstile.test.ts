import { Turnstile } from './turnstile.ts';

let now = 0;
beforeEach(() => {
  now = 0;
});
const open = (waitingAtMost = 2) => new Turnstile({ atOnce: 2, waitingAtMost, now: () => now });

/** Work that ends when it is told to. */
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

describe('the turnstile', () => {
  test('lets two through at a time, first come first served', async () => {
    const turnstile = open(10);
    const jobs = [work(), work(), work(), work()];
    const passing = jobs.map(({ run }) => turnstile.pass(run, 1));
    await turn();
    expect(jobs.map((job) => job.hasBegun())).toEqual([true, true, false, false]);
    expect(turnstile.waiting).toBe(2);
    jobs[1]!.end('second');
    await turn();
    expect(jobs.map((job) => job.hasBegun())).toEqual([true, true, true, false]);
    for (const job of jobs) job.end('done');
    await expect(Promise.all(passing)).resolves.toEqual(['done', 'second', 'done', 'done']);
    expect(turnstile.waiting).toBe(0);
  });

  test('turns away whoever would wait behind too many', async () => {
    const turnstile = open();
    const jobs = [work(), work(), work(), work()];
    const passing = jobs.map(({ run }) => turnstile.pass(run, 1));
    await expect(turnstile.pass(work().run, 1)).rejects.toMatchObject({ code: 'unavailable', retryAfter: 2 });
    for (const job of jobs) job.end('done');
    await Promise.all(passing);
    await expect(turnstile.pass(() => Promise.resolve('again'), 1)).resolves.toBe('again');
  });

  test('does not begin what nobody waits for any more', async () => {
    const turnstile = open();
    const jobs = [work(), work()];
    const passing = jobs.map(({ run }) => turnstile.pass(run, 1));
    const late = work();
    const waiting = turnstile.pass(late.run, 5);
    await turn();
    now = 6;
    jobs[0]!.end('done');
    await expect(waiting).rejects.toMatchObject({ code: 'deadline_exceeded' });
    expect(late.hasBegun()).toBe(false);
    jobs[1]!.end('done');
    await Promise.all(passing);
  });

  test('goes on after work that fails', async () => {
    const turnstile = open();
    const jobs = [work(), work(), work()];
    const passing = jobs.map(({ run }) => turnstile.pass(run, 1));
    jobs[0]!.fail(new Error('broken'));
    await expect(passing[0]).rejects.toThrow('broken');
    jobs[1]!.end('done');
    jobs[2]!.end('done');
    await expect(passing[2]).resolves.toBe('done');
  });
});
