import { join } from 'node:path';
import pg from 'pg';
import type { DomainEvent } from '../../src/kernel/bus/bus.ts';
import { databaseOf } from '../../src/infra/postgres/database-url.ts';
import { migrate } from '../../src/infra/postgres/migrate.ts';
import { PgDatabase } from '../../src/infra/postgres/pg-database.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Outbox, StagedEvents } from '../../src/kernel/outbox.ts';
import { silentLogger } from '../../src/kernel/telemetry/logger.ts';
import { templateVariable, urlVariable } from './database-url.ts';

export interface TestDatabase {
  readonly url: string;
  /** A pool on it, closed by `drop`. What it publishes goes to `outbox`; by default nowhere. */
  database(outbox?: Outbox): PgDatabase;
  drop(): Promise<void>;
}

/** What makes a database the one this version works on. */
export const migrationsFolder = join(process.cwd(), 'prisma', 'migrations');

/** A database of its own with every migration applied: make it in `beforeAll`, drop it in `afterAll`. */
export const createTestDatabase = (): Promise<TestDatabase> => createFrom(({ template }) => `TEMPLATE ${template} STRATEGY file_copy`);

/** The same without a single table. */
export const createEmptyDatabase = (): Promise<TestDatabase> => createFrom(() => '');

/** The same as the first, with a locale that knows the letters of ASCII alone, as minimal systems have it. */
export async function createPlainDatabase(): Promise<TestDatabase> {
  const made = await createFrom(() => `TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'`);
  const pool = new pg.Pool({ connectionString: made.url, max: 1 });
  try {
    await migrate(pool, migrationsFolder, silentLogger);
  } finally {
    await pool.end();
  }
  return made;
}

async function createFrom(words: (given: { template: string }) => string): Promise<TestDatabase> {
  const server = process.env[urlVariable];
  const template = process.env[templateVariable];
  if (server === undefined || template === undefined)
    throw new Error('No test server: run this file in a jest project with the database set-up.');
  const name = `t_${newId().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name} ${words({ template })}`);
  const url = databaseOf(server, name);
  const opened: PgDatabase[] = [];
  return {
    url,
    database: (outbox = recordingOutbox()) => {
      const database = new PgDatabase({ url, outbox: () => outbox, logger: silentLogger, poolSize: 5 });
      opened.push(database);
      return database;
    },
    drop: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** An outbox that stores nothing and remembers what was committed, for tests of what a transaction publishes. */
export function recordingOutbox(): Outbox & { readonly published: DomainEvent[] } {
  const published: DomainEvent[] = [];
  const stage = (events: readonly DomainEvent[]): StagedEvents => ({ id: newId(), events, text: 'SELECT 1', values: [] });
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
