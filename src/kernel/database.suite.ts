import { z } from 'zod';
import { event } from '../contracts/define.ts';
import type { DomainEvent } from './bus/bus.ts';
import { newId } from './ids.ts';
import type { Outbox, StagedEvents } from './outbox.ts';
import type { Database } from './database.ts';

export const somethingHappened = event({
  name: 'suite.happened',
  summary: 'Something happened.',
  delivery: 'event',
  payload: z.strictObject({ what: z.string() }),
});

const table =
  'CREATE TABLE IF NOT EXISTS suite_events (event jsonb NOT NULL); CREATE TABLE IF NOT EXISTS suite_rows (id int PRIMARY KEY, value int NOT NULL DEFAULT 0)';

/** Stores events in a table of the suite and remembers those that were committed. */
export function storingOutbox(): Outbox & { readonly published: DomainEvent[] } {
  const published: DomainEvent[] = [];
  const stage = (events: readonly DomainEvent[]): StagedEvents => ({
    id: newId(),
    events,
    text: 'INSERT INTO suite_events SELECT jsonb_array_elements($1::jsonb)',
    values: [JSON.stringify(events)],
  });
  return {
    published,
    stage,
    stageReference: (_source, _body, events) => stage(events),
    expand: () => undefined,
    committed: (staged) => void published.push(...staged.events),
    drained: () => Promise.resolve(),
    relays: true,
    deliver: () => Promise.resolve(),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}

/** What every `Database` does; `open` gives one that publishes to `outbox`, and outlives each test. */
export function databaseSuite(open: (outbox: Outbox) => Database): void {
  let outbox: ReturnType<typeof storingOutbox>;
  let database: Database;

  beforeEach(async () => {
    outbox = storingOutbox();
    database = open(outbox);
    await database.query(table);
    await database.query('TRUNCATE suite_events, suite_rows');
  });

  const stored = async (): Promise<unknown[]> =>
    (await database.query<{ event: unknown }>('SELECT event FROM suite_events')).map((row) => row.event);
  const count = async (): Promise<unknown> => (await database.query('SELECT count(*) AS rows FROM suite_rows'))[0]?.['rows'];

  test('rows come with big integers as numbers and timestamps as ISO strings', async () => {
    const [row] = await database.query(
      `SELECT 9007199254740991::int8 AS big, '{1,NULL}'::int8[] AS many, '2026-01-02 03:04:05.6789+02'::timestamptz AS at,
              ARRAY['2026-01-02 00:00:00Z'::timestamptz] AS times, '2026-01-02'::date AS day, '{"a":[1]}'::jsonb AS body`,
    );
    expect(row).toEqual({
      big: 9007199254740991,
      many: [1, null],
      at: '2026-01-02T01:04:05.678Z',
      times: ['2026-01-02T00:00:00.000Z'],
      day: '2026-01-02',
      body: { a: [1] },
    });
  });

  test('a named statement is prepared once and takes new values', async () => {
    const ask = (value: number) => database.query<{ twice: number }>('SELECT $1::int * 2 AS twice', [value], 'suite.twice');
    expect([await ask(1), await ask(2)]).toEqual([[{ twice: 2 }], [{ twice: 4 }]]);
  });

  test('a transaction keeps its writes and its announcement together', async () => {
    const answer = await database.transaction(async (tx) => {
      await tx.query('INSERT INTO suite_rows (id) VALUES (1)');
      tx.publish(somethingHappened, { what: 'an insert' });
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await count()).toBe(1);
    expect(await stored()).toEqual([{ id: expect.any(String), event: 'suite.happened', payload: { what: 'an insert' } }]);
    expect(await stored()).toEqual(outbox.published);
  });

  test('a transaction that throws leaves no row and no announcement', async () => {
    const failing = database.transaction(async (tx) => {
      await tx.query('INSERT INTO suite_rows (id) VALUES (1)');
      tx.publish(somethingHappened, { what: 'never' });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect([await count(), await stored(), outbox.published]).toEqual([0, [], []]);
  });

  test('an error swallowed inside a transaction is not taken for a commit', async () => {
    const swallowing = database.transaction(async (tx) => {
      await tx.query('INSERT INTO suite_rows (id) VALUES (1)');
      await tx.query('SELECT nonsense').catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('swallowed');
    expect(await count()).toBe(0);
  });

  test('a constraint error passes as it is', async () => {
    await database.query('INSERT INTO suite_rows (id) VALUES (1)');
    await expect(database.query('INSERT INTO suite_rows (id) VALUES (1)')).rejects.toMatchObject({ code: '23505' });
    await expect(database.transaction((tx) => tx.query('INSERT INTO suite_rows (id) VALUES (1)'))).rejects.toMatchObject({ code: '23505' });
  });

  test('two transactions in a deadlock both succeed, one of them by running again', async () => {
    await database.query('INSERT INTO suite_rows (id) VALUES (1), (2)');
    const bothHoldOne = meeting(2);
    let runs = 0;
    const bump = (first: number, second: number) =>
      database.transaction(async (tx) => {
        runs++;
        await tx.query('UPDATE suite_rows SET value = value + 1 WHERE id = $1', [first]);
        await bothHoldOne();
        await tx.query('UPDATE suite_rows SET value = value + 1 WHERE id = $1', [second]);
        tx.publish(somethingHappened, { what: `${String(first)} and ${String(second)}` });
      });
    await Promise.all([bump(1, 2), bump(2, 1)]);
    // Three runs, or more: the one that runs again may take its row before the other wakes, and both are stuck once more.
    expect(runs).toBeGreaterThanOrEqual(3);
    expect(await database.query('SELECT value FROM suite_rows')).toEqual([{ value: 2 }, { value: 2 }]);
    expect(outbox.published).toHaveLength(2);
  });

  test('work that never stops conflicting becomes unavailable', async () => {
    let runs = 0;
    const conflicting = database.transaction(async (tx) => {
      runs++;
      await tx.query("DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END $$");
    });
    await expect(conflicting).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 });
    expect(runs).toBe(4);
  });

  test('a transaction is useless once it has ended', async () => {
    const kept = await database.transaction((tx) => Promise.resolve({ tx }));
    await expect(kept.tx.query('SELECT 1')).rejects.toThrow('ended');
  });
}

/** Resolves for everyone once `size` have come; later comers pass. */
function meeting(size: number): () => Promise<void> {
  let come = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return () => {
    if (++come >= size) open();
    return opened;
  };
}
