import { toAppError } from '../infra/postgres/failures.ts';
import { type Logger, silentLogger } from '../kernel/telemetry/logger.ts';
import { createMetrics } from '../infra/telemetry/prometheus-metrics.ts';
import { DiskWatch } from './disk-watch.ts';

const gigabyte = 2 ** 30;
let free: number | null;
let failure: Error | null;
let lines: string[];

beforeEach(() => {
  [free, failure, lines] = [5 * gigabyte, null, []];
});

const watch = (isEmbedded = true): DiskWatch => {
  const note = (message: string) => void lines.push(message);
  const logger: Logger = { ...silentLogger, error: note, warn: note, info: note };
  return new DiskWatch({
    database: { query: () => (failure ? Promise.reject(toAppError(failure) as Error) : Promise.resolve([])) },
    dataDir: '/data',
    isEmbedded,
    logger,
    metrics: createMetrics(),
    free: () => Promise.resolve(free),
  });
};
const refused = (code: string, message = 'could not extend file: No space left on device'): Error =>
  Object.assign(new Error(message), { code });

test('with room it is well and says how much', async () => {
  const disk = watch();
  await disk.look();
  await expect(disk.check.check()).resolves.toBe('5120 MB are free');
  expect(disk).toMatchObject({ freeBytes: 5 * gigabyte, isFull: false });
  expect(lines).toEqual([]);
});

test.each([
  ['a full disk', refused('53100')],
  ['a quota', refused('58030', 'could not write block 7: Disk quota exceeded')],
  ['a read-only file system', refused('42501', 'could not open file "base/1/2": Read-only file system')],
])('%s at the database is found by a write, said once, and over when it is', async (_name, error) => {
  const disk = watch(false);
  failure = error;
  for (let time = 0; time < 10; time++) await disk.look();
  await expect(disk.check.check()).rejects.toThrow(/disk/);
  expect(disk.isFull).toBe(true);
  expect(lines).toEqual(['nothing can be stored']);
  failure = null;
  await disk.look();
  await expect(disk.check.check()).resolves.toContain('free');
  expect(lines.at(-1)).toBe('there is room on the disk again');
});

test('little room where the database is counts as full before it is', async () => {
  free = 20 * 2 ** 20;
  const [embedded, elsewhere] = [watch(), watch(false)];
  await embedded.look();
  await elsewhere.look();
  await expect(embedded.check.check()).rejects.toThrow(/disk of \/data is full \(20 MB are free.*free space/);
  await expect(elsewhere.check.check()).resolves.toBe('20 MB are free');
});

test('a database that is away is no matter of the disk', async () => {
  failure = refused('57P01', 'terminating connection');
  const disk = watch();
  await disk.look();
  await expect(disk.check.check()).resolves.toBeDefined();
});
