import { eventually } from '../../test/harness/eventually.ts';
import { newId } from './ids.ts';
import type { Job, JobQueue, Jobs } from './jobs.ts';

export interface OpenJobs {
  readonly jobs: Jobs;
  /** Cron by queue, as it is registered. */
  schedules(): Promise<Readonly<Record<string, string>>>;
}

type Open = () => OpenJobs;
type Work = { n: number };

const anHour = 3_600_000;
const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

/** What every `Jobs` does. `open` gives one that is not started; all it gives work on the same jobs, as processes do. */
export function jobsSuite(open: Open): void {
  const opened: Jobs[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((jobs) => jobs.stop()));
  });
  const process = async (...queues: JobQueue<Work>[]): Promise<OpenJobs> => {
    const made = open();
    opened.push(made.jobs);
    for (const queue of queues) made.jobs.define(queue);
    await made.jobs.start();
    return made;
  };

  describe('a job', () => {
    runningSuite(process);
  });
  describe('a job that fails', () => {
    failingSuite(process);
  });
  describe('a process', () => {
    processSuite(process, open);
  });
}

type Process = (...queues: JobQueue<Work>[]) => Promise<OpenJobs>;

/** A queue of its own for each test. */
const queueOf = (handle: JobQueue<Work>['handle'], more: Partial<JobQueue<Work>> = {}): JobQueue<Work> => ({
  name: `suite.${newId()}`,
  retries: 0,
  handle,
  ...more,
});

const listed = (jobs: Jobs, { name }: JobQueue<Work>): Promise<readonly Job[]> => jobs.list({ queue: name, limit: 200, before: null });

async function only(jobs: Jobs, queue: JobQueue<Work>): Promise<Job> {
  const [job, ...others] = await listed(jobs, queue);
  if (!job || others.length > 0) throw new Error(`${others.length + 1} jobs`);
  return job;
}

/** The one job of a queue once it is in this state, and what else it shall be: one that changes while it is listed may be shown half as it was. */
const onceIn = (state: Job['state'], jobs: Jobs, queue: JobQueue<Work>, also: Partial<Job> = {}): Promise<Job> =>
  eventually(async () => {
    const job = await only(jobs, queue);
    expect(job).toMatchObject({ state, ...also });
    return job;
  });

function runningSuite(process: Process): void {
  test('runs once, with what it was given, and is listed as done', async () => {
    const done: Work[] = [];
    const queue = queueOf((work) => Promise.resolve(void done.push(work)));
    const { jobs } = await process(queue);
    await jobs.enqueue(queue, { n: 1 });
    expect(await onceIn('completed', jobs, queue)).toEqual({
      id: expect.any(String),
      queue: queue.name,
      state: 'completed',
      payload: { n: 1 },
      attempts: 1,
      error: null,
      createdAt: expect.stringMatching(/Z$/),
      startAfter: expect.stringMatching(/Z$/),
      finishedAt: expect.stringMatching(/Z$/),
    });
    expect(done).toEqual([{ n: 1 }]);
  });

  test('needs not wait a second for the one before it', async () => {
    const done: number[] = [];
    const queue = queueOf(({ n }) => Promise.resolve(void done.push(n)));
    const { jobs } = await process(queue);
    for (const n of range(30)) await jobs.enqueue(queue, { n });
    await eventually(() => {
      expect(done.toSorted((a, b) => a - b)).toEqual(range(30));
    });
  });

  test('runs not before its time', async () => {
    const ranAt: number[] = [];
    const queue = queueOf(() => Promise.resolve(void ranAt.push(Date.now())));
    const { jobs } = await process(queue);
    const startAt = Date.now() + 700;
    await jobs.enqueue(queue, { n: 1 }, { startAt });
    expect(await only(jobs, queue)).toMatchObject({ state: 'waiting', startAfter: new Date(startAt).toISOString(), attempts: 0 });
    await onceIn('completed', jobs, queue);
    expect(ranAt[0]).toBeGreaterThanOrEqual(startAt);
  });

  test('of a key is one while it waits, however many ask at once', async () => {
    const queue = queueOf(() => Promise.resolve());
    const { jobs } = await process(queue);
    const options = { uniqueKey: 'ana', startAt: Date.now() + anHour };
    await Promise.all(range(20).map((n) => jobs.enqueue(queue, { n }, options)));
    expect(await listed(jobs, queue)).toHaveLength(1);
    await jobs.enqueue(queue, { n: 1 }, { ...options, uniqueKey: 'boris' });
    expect(await listed(jobs, queue)).toHaveLength(2);
  });

  test('of a key is one while it runs, and may be made again when it is done', async () => {
    const { begun, release, handle } = held();
    const queue = queueOf(handle);
    const { jobs } = await process(queue);
    await jobs.enqueue(queue, { n: 1 }, { uniqueKey: 'ana' });
    await begun;
    await Promise.all(range(20).map((n) => jobs.enqueue(queue, { n }, { uniqueKey: 'ana' })));
    expect(await only(jobs, queue)).toMatchObject({ state: 'active', payload: { n: 1 } });
    release();
    await onceIn('completed', jobs, queue);
    await jobs.enqueue(queue, { n: 2 }, { uniqueKey: 'ana' });
    await eventually(async () => {
      expect((await listed(jobs, queue)).map(({ state }) => state)).toEqual(['completed', 'completed']);
    });
  });

  test('that waits may be dropped; one that runs, or that there is not, may not', async () => {
    const { begun, release, handle } = held();
    const queue = queueOf(handle);
    const { jobs } = await process(queue);
    await jobs.enqueue(queue, { n: 1 }, { startAt: Date.now() + anHour });
    const { id } = await only(jobs, queue);
    expect([await jobs.drop(queue.name, newId()), await jobs.drop('suite.other', id), await jobs.drop(queue.name, id)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(await listed(jobs, queue)).toEqual([]);
    await jobs.enqueue(queue, { n: 2 });
    await begun;
    expect(await jobs.drop(queue.name, (await only(jobs, queue)).id)).toBe(false);
    release();
    await onceIn('completed', jobs, queue);
  });

  test('is found by state, queue and page, newest first', async () => {
    const queue = queueOf(() => Promise.resolve());
    const { jobs } = await process(queue);
    for (const n of range(5)) await jobs.enqueue(queue, { n }, { startAt: Date.now() + anHour });
    const page = (before: string | null) => jobs.list({ queue: queue.name, state: 'waiting', limit: 2, before });
    const seen: unknown[] = [];
    for (let before: string | null = null; ;) {
      const items = await page(before);
      seen.push(...items.map(({ payload }) => (payload as Work).n));
      before = items.at(-1)?.id ?? null;
      if (before === null) break;
    }
    expect(seen).toEqual([4, 3, 2, 1, 0]);
    expect(await jobs.list({ queue: queue.name, state: 'failed', limit: 2, before: null })).toEqual([]);
  });
}

function failingSuite(process: Process): void {
  test('is tried again later, each failure logged, and listed as failed after the last', async () => {
    let runs = 0;
    const queue = queueOf(() => Promise.reject(new Error(`the oven is cold, ${String(++runs)}`)), { retries: 1 });
    const { jobs } = await process(queue);
    const failedBefore = await jobs.countFailed();
    await jobs.enqueue(queue, { n: 1 });
    const waiting = await onceIn('retry', jobs, queue, { error: 'the oven is cold, 1' });
    expect(waiting).toMatchObject({ attempts: 1, finishedAt: null });
    expect(Date.parse(waiting.startAfter) - Date.parse(waiting.createdAt)).toBeGreaterThanOrEqual(1_000);
    const failed = await onceIn('failed', jobs, queue, { error: 'the oven is cold, 2' });
    expect(failed).toMatchObject({ attempts: 2, finishedAt: expect.any(String), payload: { n: 1 } });
    expect([runs, await jobs.countFailed()]).toEqual([2, failedBefore + 1]);
    expect(await jobs.list({ state: 'failed', queue: queue.name, limit: 10, before: null })).toEqual([failed]);
  });

  test('and then does not is done', async () => {
    let isCold = true;
    const queue = queueOf(
      () => {
        if (!isCold) return Promise.resolve();
        isCold = false;
        return Promise.reject(new Error('the oven is cold'));
      },
      { retries: 3 },
    );
    const { jobs } = await process(queue);
    await jobs.enqueue(queue, { n: 1 });
    expect(await onceIn('completed', jobs, queue)).toMatchObject({ attempts: 2 });
  });

  test('holds up no other', async () => {
    const done: number[] = [];
    const queue = queueOf(({ n }) => (n === 0 ? Promise.reject(new Error('poison')) : Promise.resolve(void done.push(n))), { retries: 5 });
    const { jobs } = await process(queue);
    for (const n of range(4)) await jobs.enqueue(queue, { n });
    await eventually(() => {
      expect(done).toEqual([1, 2, 3]);
    });
  });

  test('for good may be run again by hand, and only such a one', async () => {
    let isCold = true;
    const queue = queueOf(() => (isCold ? Promise.reject(new Error('the oven is cold')) : Promise.resolve()));
    const { jobs } = await process(queue);
    await jobs.enqueue(queue, { n: 1 });
    const { id } = await onceIn('failed', jobs, queue);
    isCold = false;
    expect(await jobs.retry(queue.name, newId())).toBe(false);
    expect(await jobs.retry(queue.name, id)).toBe(true);
    await onceIn('completed', jobs, queue);
    expect(await jobs.retry(queue.name, id)).toBe(false);
  });

  test('for good may be dropped', async () => {
    const queue = queueOf(() => Promise.reject(new Error('the oven is cold')));
    const { jobs } = await process(queue);
    await jobs.enqueue(queue, { n: 1 });
    const { id } = await onceIn('failed', jobs, queue);
    expect(await jobs.drop(queue.name, id)).toBe(true);
    expect(await listed(jobs, queue)).toEqual([]);
  });
}

function processSuite(process: Process, open: Open): void {
  test('that stops waits for the job under way', async () => {
    const { begun, release, handle } = held();
    const queue = queueOf(handle);
    const { jobs } = await process(queue);
    await jobs.enqueue(queue, { n: 1 });
    await begun;
    const order: string[] = [];
    const stopping = jobs.stop().then(() => order.push('stopped'));
    setImmediate(() => {
      order.push('released');
      release();
    });
    await stopping;
    expect(order).toEqual(['released', 'stopped']);
    await onceIn('completed', jobs, queue);
  });

  test('that stops leaves a job that does not end to the next', async () => {
    const { begun, release, handle } = held();
    const queue = queueOf(handle, { retries: 1 });
    const { jobs } = await process(queue);
    await jobs.enqueue(queue, { n: 1 });
    await begun;
    await jobs.stop();
    const done: Work[] = [];
    const { jobs: next } = await process({ ...queue, handle: (work) => Promise.resolve(void done.push(work)) });
    await onceIn('completed', next, queue);
    expect(done).toEqual([{ n: 1 }]);
    release();
  });

  test('that ends leaves what waits to the next', async () => {
    const done: Work[] = [];
    const queue = queueOf((work) => Promise.resolve(void done.push(work)));
    const { jobs } = await process(queue);
    await jobs.enqueue(queue, { n: 1 }, { startAt: Date.now() + 500 });
    await jobs.stop();
    const { jobs: next } = await process(queue);
    await onceIn('completed', next, queue);
    expect(done).toEqual([{ n: 1 }]);
  });

  test('shares the work: each job runs in one of them', async () => {
    const done: number[] = [];
    const queue = queueOf(({ n }) => Promise.resolve(void done.push(n)));
    const [{ jobs }] = await Promise.all([process(queue), process(queue), process(queue)]);
    await Promise.all(range(40).map((n) => jobs.enqueue(queue, { n })));
    await eventually(() => {
      expect(done.toSorted((a, b) => a - b)).toEqual(range(40));
    });
  });

  test('runs by the clock what says so, and no longer when it says so no more', async () => {
    const queue = queueOf(() => Promise.resolve(), { cron: '17 3 * * *' });
    const { jobs, schedules } = await process(queue);
    expect((await schedules())[queue.name]).toBe('17 3 * * *');
    await jobs.stop();
    const { cron: _, ...unscheduled } = queue;
    const next = await process(unscheduled);
    expect((await next.schedules())[queue.name]).toBeUndefined();
  });

  test('of a newer version changes how often a queue retries', async () => {
    const queue = queueOf(() => Promise.reject(new Error('the oven is cold')), { retries: 7 });
    await (await process(queue)).jobs.stop();
    const { jobs } = await process({ ...queue, retries: 0 });
    await jobs.enqueue(queue, { n: 1 });
    expect(await onceIn('failed', jobs, queue)).toMatchObject({ attempts: 1 });
  });

  test('refuses a job of a queue that nobody defined, and two queues of one name', async () => {
    const { jobs } = await process();
    const queue = queueOf(() => Promise.resolve());
    await expect(jobs.enqueue(queue, { n: 1 })).rejects.toThrow(queue.name);
    await expect(jobs.enqueue(queue, { n: 1 }, { uniqueKey: 'ana' })).rejects.toThrow(queue.name);
    const { jobs: unstarted } = open();
    unstarted.define(queue);
    expect(() => {
      unstarted.define(queue);
    }).toThrow(queue.name);
  });
}

/** Work that ends when it is let go. */
function held() {
  let begin: () => void = () => undefined;
  let release: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const handle = async (): Promise<void> => {
    begin();
    await released;
  };
  return { begun, release, handle };
}
