import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { type Logger, silentLogger } from '../../kernel/telemetry/logger.ts';
import { migrate } from './migrate.ts';
import type { PgDatabase } from './pg-database.ts';

let made: TestDatabase;
let database: PgDatabase;
let folder: string;

beforeEach(async () => {
  made = await createTestDatabase();
  database = made.database();
  await database.query('DROP TABLE public._prisma_migrations');
  folder = await mkdtemp(join(tmpdir(), 'confab-migrations-'));
});
afterEach(async () => {
  await made.drop();
  await rm(folder, { recursive: true });
});

const first = '20300101000000_first';
const second = '20300102000000_second';

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

const run = (logger: Logger = silentLogger): Promise<string[]> => migrate(database.pool, folder, logger);
const rows = () =>
  database.query('SELECT migration_name AS name FROM public._prisma_migrations WHERE finished_at IS NOT NULL ORDER BY name');

describe('migrations', () => {
  test('are applied once, in the order of their names', async () => {
    await write(second, 'INSERT INTO made VALUES (2);');
    await write(first, 'CREATE TABLE made (id int); INSERT INTO made VALUES (1);');
    expect(await run()).toEqual([first, second]);
    expect(await run()).toEqual([]);
    expect(await database.query('SELECT id FROM made')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test('a second look applies only what came since', async () => {
    await write(first, 'CREATE TABLE made (id int)');
    await run();
    await write(second, 'DROP TABLE made');
    expect(await run()).toEqual([second]);
  });

  test('are applied once by nodes that start at once', async () => {
    await write(first, 'CREATE TABLE made (id int); SELECT pg_sleep(0.05)');
    const applied = await Promise.all([run(), run(), run()]);
    expect(applied.flat()).toEqual([first]);
  });

  test('functions with semicolons in their bodies are one statement', async () => {
    await write(first, 'CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;');
    await run();
    expect(await database.query('SELECT two()')).toEqual([{ two: 2 }]);
  });

  test('one that fails is rolled back whole, leaves no row, and those before it stay', async () => {
    await write(first, 'CREATE TABLE kept (id int)');
    await write(second, 'CREATE TABLE lost (id int); SELECT nonsense;');
    await expect(run()).rejects.toThrow(/20300102000000_second failed and was rolled back: column "nonsense" does not exist/);
    expect(await rows()).toEqual([{ name: first }]);
    expect(await database.query("SELECT to_regclass('kept') IS NULL AS kept, to_regclass('lost') IS NULL AS lost")).toEqual([
      { kept: false, lost: true },
    ]);
    await write(second, 'CREATE TABLE lost (id int)');
    expect(await run()).toEqual([second]);
  });

  test('one that was edited after it was applied is refused by name', async () => {
    await write(first, 'CREATE TABLE made (id int)');
    await run();
    await write(first, 'CREATE TABLE made (id bigint)');
    await expect(run()).rejects.toThrow(/20300101000000_first was edited after it was applied/);
  });

  test('line ends are no edit, whichever checkout applied it', async () => {
    const text = 'CREATE TABLE made (id int);\nSELECT 1;\n';
    await write(first, text.replaceAll('\n', '\r\n'));
    await run();
    await write(first, text);
    expect(await run()).toEqual([]);
    const crlf = createHash('sha256').update(text.replaceAll('\n', '\r\n')).digest('hex');
    await database.query('UPDATE public._prisma_migrations SET checksum = $1', [crlf]);
    expect(await run()).toEqual([]);
  });

  test('one that another tool left half-done is refused', async () => {
    await write(first, 'CREATE TABLE made (id int)');
    await run();
    await database.query("INSERT INTO public._prisma_migrations (id, checksum, migration_name) VALUES ('x', 'y', $1)", [second]);
    await expect(run()).rejects.toThrow(/20300102000000_second is recorded as begun and never finished/);
  });

  test('a database newer than the program is a warning', async () => {
    await write(first, 'CREATE TABLE made (id int)');
    await write(second, 'ALTER TABLE made ADD COLUMN more int');
    await run();
    await rm(join(folder, second), { recursive: true });
    const warnings: string[] = [];
    expect(await run({ ...silentLogger, warn: (message) => void warnings.push(message) })).toEqual([]);
    expect(warnings).toEqual(['the database is newer than this program']);
  });
});
