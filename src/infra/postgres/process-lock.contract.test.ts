import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import type { PgDatabase } from './pg-database.ts';
import { holdProcessLock } from './process-lock.ts';

let made: TestDatabase;
let first: PgDatabase;
let second: PgDatabase;
beforeAll(async () => {
  made = await createTestDatabase();
  [first, second] = [made.database(), made.database()];
});
afterAll(() => made.drop());

const key = 7;
/** The server notices a closed connection a moment later. */
async function eventually(take: () => ReturnType<typeof holdProcessLock>) {
  for (;;) {
    const release = await take();
    if (release) return release;
  }
}

describe('a process lock', () => {
  test('is held by one process until that releases it, twice being once', async () => {
    const release = await holdProcessLock(first, key);
    expect(release).not.toBeNull();
    expect(await holdProcessLock(second, key)).toBeNull();
    expect(await holdProcessLock(first, key)).toBeNull();
    release?.();
    release?.();
    const taken = await eventually(() => holdProcessLock(second, key));
    taken();
    expect(first.pool.totalCount - first.pool.idleCount).toBe(0);
  });

  test('goes to another when its process dies', async () => {
    const release = await holdProcessLock(first, key + 1);
    await second.query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = $1", [key + 1]);
    const taken = await eventually(() => holdProcessLock(second, key + 1));
    taken();
    release?.();
  });
});
