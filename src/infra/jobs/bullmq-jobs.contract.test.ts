import { Queue } from 'bullmq';
import { CutWire } from '../../../test/harness/cut-wire.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { openRedis, ownPrefix } from '../../../test/harness/redis.ts';
import { requireService } from '../../../test/harness/services.ts';
import { newId } from '../../kernel/ids.ts';
import { RedisServer } from '../redis/redis.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { assertKeeps, BullMqJobs } from './bullmq-jobs.ts';
import { jobsSuite } from '../../kernel/jobs.suite.ts';

requireService('redis').describe('BullMqJobs', (url) => {
  const opened: RedisServer[] = [];
  const openServer = (address = url, prefix = ownPrefix()): RedisServer => {
    const redis = new RedisServer(address, { prefix, logger: silentLogger });
    opened.push(redis);
    return redis;
  };
  afterAll(() => {
    for (const redis of opened) redis.close();
  });

  describe('on one server', () => {
    const prefix = ownPrefix();
    jobsSuite(() => {
      const redis = openServer(url, prefix);
      return {
        jobs: new BullMqJobs({ redis, logger: silentLogger }),
        schedules: async () => {
          const names = await redis.commands.smembers(`${prefix}jobs:queues`);
          const found = names.map(async (name) => {
            const queue = new Queue(name, { connection: redis.connect(), prefix: `${prefix}jobs` });
            const schedulers = await queue.getJobSchedulers();
            await queue.close();
            return schedulers.map(({ key, pattern }) => [key, pattern ?? ''] as const);
          });
          return Object.fromEntries((await Promise.all(found)).flat());
        },
      };
    });
  });

  test('the clock makes jobs that are listed as any other', async () => {
    const redis = await openRedis(url);
    opened.push(redis);
    const jobs = new BullMqJobs({ redis, logger: silentLogger });
    const queue = { name: `suite.${newId()}`, retries: 0, cron: '* * * * * *', handle: () => Promise.resolve() };
    jobs.define(queue);
    await jobs.start();
    const [job] = await eventually(async () => {
      const done = await jobs.list({ queue: queue.name, state: 'completed', limit: 1, before: null });
      expect(done).toHaveLength(1);
      return done;
    });
    expect(job?.id).toMatch(/^[0-9a-f-]{36}$/);
    await jobs.stop();
  });

  test('starts while the server is away, says so to whoever asks, and works when it is back', async () => {
    const wire = await CutWire.to(url);
    wire.cut();
    const jobs = new BullMqJobs({ redis: openServer(wire.url), logger: silentLogger });
    const done: unknown[] = [];
    const queue = {
      name: `suite.${newId()}`,
      retries: 0,
      cron: '17 3 * * *',
      handle: (work: object) => Promise.resolve(void done.push(work)),
    };
    jobs.define(queue);
    await jobs.start();
    await expect(jobs.enqueue(queue, { n: 1 })).rejects.toMatchObject({ code: 'unavailable' });
    wire.mend();
    await eventually(() => jobs.enqueue(queue, { n: 2 }));
    await eventually(() => {
      expect(done).toEqual([{ n: 2 }]);
    });
    await jobs.stop();
    await wire.close();
  });

  test('a server that evicts keys is refused with the way out', async () => {
    const redis = await openRedis(url);
    opened.push(redis);
    await expect(assertKeeps(redis)).resolves.toBeUndefined();
    const evicting = {
      answersWithin: () => Promise.resolve(true),
      commands: { info: () => Promise.resolve('# Memory\r\nmaxmemory_policy:allkeys-lru\r\n') },
    };
    await expect(assertKeeps(evicting as unknown as RedisServer)).rejects.toMatchObject({
      code: 'unavailable',
      detail: expect.stringMatching(/noeviction.*CONFAB_JOBS/),
    });
  });
});
