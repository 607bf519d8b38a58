import { join } from 'node:path';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { copyPgBossTables, freeActiveJobs } from '../infra/jobs/pg-boss-tables.ts';
import { PgBossJobs } from '../infra/jobs/pg-boss-jobs.ts';
import { newId } from '../kernel/ids.ts';
import { silentLogger } from '../kernel/telemetry/logger.ts';
import type { PgDatabase } from '../infra/postgres/pg-database.ts';
import { readMoved } from './moved-record.ts';
import { type Promoted, promoteDatabase, type PromotionParts } from './promotion.ts';
import { readMarker } from './target.ts';

let from: TestDatabase;
let to: TestDatabase;
let source: PgDatabase;
let target: PgDatabase;

beforeEach(async () => {
  [from, to] = await Promise.all([createTestDatabase(), createEmptyDatabase()]);
  [source, target] = [from.database(), to.database()];
  await fill();
});
afterEach(async () => {
  await Promise.all([from.drop(), to.drop()]);
});

const nobody = { hold: () => Promise.resolve(), release: () => Promise.resolve() };

const promote = (more: Partial<PromotionParts> = {}): Promise<Promoted> =>
  promoteDatabase({
    sourceUrl: from.url,
    targetUrl: to.url,
    migrations: join(process.cwd(), 'prisma', 'migrations'),
    writers: nobody,
    logger: silentLogger,
    jobs: { prepare: copyPgBossTables, settle: freeActiveJobs },
    print: () => undefined,
    ...more,
  });

/** A small team: every kind of column, keys of several columns and of text, rows that point to each other. */
async function fill(): Promise<void> {
  await source.query(`INSERT INTO auth.users SELECT gen_random_uuid(), 'person' || n, 'p' || n || '@example.org', 'Ян "' || n || E'\\\\ \\n', NULL,
    'member', true, NULL, now() FROM generate_series(1, 300) n`);
  await source.query(`INSERT INTO auth.sessions SELECT gen_random_uuid(), id, 'device', '', now(), now(), now(), NULL FROM auth.users`);
  await source.query(`INSERT INTO auth.refresh_tokens SELECT md5(id::text), id, NULL, NULL, now() FROM auth.sessions`);
  await source.query(`INSERT INTO auth.user_settings SELECT id, 'appearance.theme', '"dark"', now() FROM auth.users`);
  await source.query(`INSERT INTO auth.signing_keys VALUES ('key', '{"kty": "OKP", "x": "\\u00e9"}', 'box', now())`);
  await source.query(`INSERT INTO chat.conversations (id, kind, visibility, created_by, created_at)
    SELECT gen_random_uuid(), 'group', 'private', gen_random_uuid(), now() FROM generate_series(1, 5)`);
  await write(2_500);
}

/** Messages of the log, as statements of the store write them. */
const write = (count: number): Promise<unknown> =>
  source.query(
    `WITH added AS (
       INSERT INTO chat.messages (id, conversation_id, seq, rev, sender_id, client_message_id, text, mentions, reactions, created_at)
       SELECT gen_random_uuid(), c.id, s.seq, s.seq, gen_random_uuid(), gen_random_uuid(), 'words, (brackets) and "quotes" ' || s.seq,
         ARRAY[gen_random_uuid()], '{"👍": ["x"]}', now()
       FROM (SELECT id, last_seq FROM chat.conversations ORDER BY id LIMIT 1) c, generate_series(c.last_seq + 1, c.last_seq + $1) AS s (seq)
       RETURNING id, conversation_id, seq, text),
     indexed AS (INSERT INTO chat.message_terms SELECT id, conversation_id, seq, to_tsvector('simple', text) FROM added)
     UPDATE chat.conversations SET last_seq = (SELECT max(seq) FROM added), rev = (SELECT max(seq) FROM added)
     WHERE id = (SELECT conversation_id FROM added LIMIT 1)`,
    [count],
  );

const countIn = async (database: PgDatabase, table: string): Promise<number> => {
  const [row] = await database.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`);
  return row?.n ?? 0;
};

/** Both databases hold the same rows in every table that counts. */
async function expectTwins(): Promise<void> {
  const auth = ['auth.users', 'auth.sessions', 'auth.refresh_tokens', 'auth.user_settings'];
  for (const table of [...auth, 'chat.conversations', 'chat.messages', 'chat.message_terms']) {
    const read = (database: PgDatabase) => database.query(`SELECT r::text AS row FROM ${table} r ORDER BY 1`);
    const [left, right] = await Promise.all([read(source), read(target)]);
    expect(left.length).toBeGreaterThan(0);
    expect(right).toEqual(left);
  }
}

describe('a move of the team to another database', () => {
  test('takes every row of every table along, and proves it', async () => {
    const { tables, copiedRows } = await promote();
    await expectTwins();
    expect(copiedRows).toBe(300 * 4 + 1 + 5 + 2 * 2_500);
    const messages = tables.find(({ table }) => table === 'chat.messages');
    expect(messages?.source).toEqual({ rows: 2_500, sum: expect.any(BigInt) });
    for (const { source: left, target: right } of tables) expect(right).toEqual(left);
  });

  test('finds what differs though it was equal a moment ago, on either side, in long tables too', async () => {
    await write(28_000);
    const changes = [
      () => source.query(`DELETE FROM chat.messages WHERE seq = 12`),
      () => source.query(`UPDATE chat.messages SET text = 'edited' WHERE seq = 13`),
      () => target.query(`DELETE FROM chat.messages WHERE seq = 14`),
      () => target.query(`UPDATE chat.messages SET text = 'tampered with' WHERE seq = 15`),
      () => target.query(`UPDATE chat.messages SET text = 'tampered with' WHERE seq > 30000`),
    ];
    const { tables } = await promote({
      writers: {
        ...nobody,
        hold: async () => {
          for (const change of changes) await change();
        },
      },
    });
    await expectTwins();
    expect(tables.find(({ table }) => table === 'chat.messages')?.target.rows).toBe(30_499);
  });

  test('keeps the foreign keys and the state of migrations', async () => {
    const keys = (database: PgDatabase) =>
      database.query(`SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2`);
    const before = await keys(source);
    expect(before.length).toBeGreaterThan(3);
    await promote();
    expect(await keys(target)).toEqual(before);
    const migrations = (database: PgDatabase) => database.query('SELECT migration_name, checksum FROM _prisma_migrations ORDER BY 1');
    expect(await migrations(target)).toEqual(await migrations(source));
  });

  test('takes jobs along in their queues', async () => {
    const queue = { name: `move.${newId()}`, retries: 1, handle: () => Promise.resolve() };
    const jobs = new PgBossJobs({ pool: source.pool, database: source, logger: silentLogger });
    jobs.define(queue);
    await jobs.start();
    await jobs.enqueue(queue, { n: 1 }, { startAt: Date.now() + 3_600_000 });
    await jobs.stop();
    await promote();
    const there = new PgBossJobs({ pool: target.pool, database: target, logger: silentLogger });
    there.define(queue);
    await there.start();
    expect(await there.list({ queue: queue.name, limit: 10, before: null })).toMatchObject([{ state: 'waiting', payload: { n: 1 } }]);
    await there.stop();
  });

  test('follows what is written, changed, deleted and renamed meanwhile', async () => {
    let rounds = 0;
    const changing = { isOver: false };
    const changes = (async () => {
      while (!changing.isOver) {
        await write(5);
        await source.query(`UPDATE chat.messages SET text = text || '!', rev = rev WHERE seq % 997 = $1`, [rounds % 997]);
        await source.query('DELETE FROM chat.message_terms WHERE rev % 499 = $1', [rounds % 499]);
        // However long the copy takes, some are left to compare.
        if (rounds < 200)
          await source.query('DELETE FROM auth.refresh_tokens WHERE hash IN (SELECT hash FROM auth.refresh_tokens LIMIT 1)');
        // Two names change places by way of a third: a copy meets each of them taken.
        for (const [name, next] of [
          ['person1', 'none'],
          ['person2', 'person1'],
          ['none', 'person2'],
        ])
          await source.query('UPDATE auth.users SET username = $2 WHERE username = $1', [name, next]);
        rounds++;
      }
    })();
    await promote({
      writers: {
        hold: () => {
          changing.isOver = true;
          return changes;
        },
        release: () => Promise.resolve(),
      },
    });
    expect(rounds).toBeGreaterThan(3);
    await expectTwins();
  });

  test('waits for a writer that was not asked to stop, and refuses such writers after the move', async () => {
    const client = await source.pool.connect();
    await client.query('BEGIN');
    await client.query(`UPDATE auth.users SET display_name = 'late' WHERE username = 'person7'`);
    const moved = promote({
      writers: {
        hold: () => {
          // Comes while the tables are locked for good.
          void client.query('COMMIT').then(() => client.release());
          return Promise.resolve();
        },
        release: () => Promise.resolve(),
      },
    });
    await moved;
    expect(await target.query(`SELECT display_name FROM auth.users WHERE username = 'person7'`)).toEqual([{ display_name: 'late' }]);
    for (const text of [`UPDATE auth.users SET display_name = 'x'`, 'DELETE FROM chat.messages', 'TRUNCATE chat.mentions']) {
      await expect(source.query(text)).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 });
    }
    expect(await readMoved(source.pool)).toBe(to.url);
    expect(await readMarker(target.pool)).toMatchObject({ isFinished: true });
  });

  test('cut off again and again goes on from where it was, and the source is not touched', async () => {
    const before = await source.query('SELECT r::text AS row FROM chat.messages r ORDER BY 1');
    const cut = () => {
      throw new Error('cut');
    };
    for (const more of [
      { print: cut },
      { print: cut },
      { writers: { ...nobody, hold: cut } },
      { print: (line: string) => line.includes('held') && cut() },
    ]) {
      await expect(promote(more)).rejects.toThrow('cut');
      expect(await readMoved(source.pool)).toBeNull();
      await write(1);
      await source.query('DELETE FROM chat.messages WHERE seq > 2500');
      await source.query('UPDATE chat.conversations SET last_seq = 2500, rev = 2500 WHERE last_seq > 2500');
    }
    const { copiedRows } = await promote();
    expect(copiedRows).toBeLessThan(5_500);
    await expectTwins();
    expect(await target.query('SELECT r::text AS row FROM chat.messages r ORDER BY 1')).toEqual(before);
  });

  test('that loses its lock before the commit leaves the team where it is, and the next one ends it', async () => {
    const held: string[] = [];
    let killed = 0;
    let isOver = false;
    const killer = async (): Promise<void> => {
      while (!isOver) {
        const rows = await source.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'confab promote' AND datname = current_database() AND query LIKE 'LOCK TABLE%' AND state = 'idle in transaction'`,
        );
        killed += rows.length;
      }
    };
    let killing = Promise.resolve();
    const cut = promote({
      writers: {
        hold: () => {
          killing = killer();
          return Promise.resolve(void held.push('held'));
        },
        release: () => Promise.resolve(void held.push('released')),
      },
    });
    await expect(cut).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('goes on from where it was') });
    isOver = true;
    await killing;
    expect(killed).toBeGreaterThan(0);
    expect(held).toEqual(['held', 'released']);
    expect(await readMoved(source.pool)).toBeNull();
    await source.query(`UPDATE auth.users SET display_name = 'still here' WHERE username = 'person9'`);
    await promote();
    await expectTwins();
  });

  test('that meets a fault under the lock lets writers in again', async () => {
    const released: string[] = [];
    const cut = promote({
      jobs: { prepare: copyPgBossTables, settle: () => Promise.reject(new Error('Connection terminated unexpectedly')) },
      writers: { ...nobody, release: () => Promise.resolve(void released.push('released')) },
    });
    await expect(cut).rejects.toMatchObject({ code: 'unavailable' });
    expect(released).toEqual(['released']);
    await source.query(`UPDATE auth.users SET display_name = 'still here' WHERE username = 'person9'`);
    await promote();
    await expectTwins();
  });
});

test('a move needs no more of the target than to own an empty database', async () => {
  const role = `r_${newId().replaceAll('-', '')}`;
  await target.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
  await target.query(`ALTER DATABASE ${to.url.replace(/.*@\/(\w+)\?.*/, '$1')} OWNER TO ${role}`);
  const targetUrl = to.url.replace(/\/\/[^@]*@/, `//${role}:x@`);
  await promote({ targetUrl });
  await expectTwins();
  expect(await readMoved(source.pool)).toBe(targetUrl);
  await target.query(`REASSIGN OWNED BY ${role} TO CURRENT_USER`);
  await target.query(`DROP ROLE ${role}`);
});

describe('a move is refused', () => {
  const refusal = async (more?: Partial<PromotionParts>): Promise<string> => {
    const error: unknown = await promote(more).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'conflict' });
    return (error as Error).message;
  };

  test('where the target has tables of its own', async () => {
    await target.query('CREATE TABLE public.stranger (id int PRIMARY KEY)');
    expect(await refusal()).toMatch(/not empty \(public\.stranger\).*CREATE DATABASE/);
    expect(await countIn(target, 'public.stranger')).toBe(0);
  });

  test('where the target is the source itself, or another team', async () => {
    expect(await refusal({ targetUrl: from.url })).toMatch(/not empty \(auth\.invites/);
  });

  test('where the target has been moved to already', async () => {
    await promote();
    expect(await refusal()).toMatch(/holds a team/);
  });

  test('where the target does not answer, with what to do', async () => {
    expect(await refusal({ targetUrl: 'postgresql://nobody@127.0.0.1:9/none' })).toMatch(/does not answer .*ECONNREFUSED/);
  });

  test('where the target would lose what it acknowledged, or lets us make nothing; all at once', async () => {
    const role = `r_${newId().replaceAll('-', '')}`;
    const name = to.url.replace(/.*@\/(\w+)\?.*/, '$1');
    await target.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
    await target.query(`ALTER ROLE ${role} SET synchronous_commit = off`);
    const message = await refusal({ targetUrl: to.url.replace(/\/\/[^@]*@/, `//${role}:x@`) });
    await target.query(`DROP ROLE ${role}`);
    expect(message).toMatch(/synchronous_commit is off/);
    expect(message).toContain(`GRANT CREATE ON DATABASE ${name} TO ${role}`);
    expect(message).toContain(`GRANT CREATE ON SCHEMA public TO ${role}`);
  });

  test('while another one is under way', async () => {
    await promote({
      writers: {
        hold: async () => {
          expect(await refusal()).toMatch(/under way/);
        },
        release: () => Promise.resolve(),
      },
    });
  });
});
