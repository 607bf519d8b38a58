import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { databaseOf } from '../../src/infra/postgres/database-url.ts';
import { startEmbedded } from '../../src/infra/postgres/embedded/embedded-server.ts';
import { migrate } from '../../src/infra/postgres/migrate.ts';
import { silentLogger } from '../../src/kernel/telemetry/logger.ts';
import { migrationsFolder } from './database.ts';
import { ownServerVariable, templateName, templateVariable, urlVariable } from './database-url.ts';

/** Set here, used by the teardown in the same process. */
const running = globalThis as { stopTestServer?: () => Promise<void> };

/** One server per run, and in it a template with every migration applied; each test file copies the template. */
export default async function setUp(): Promise<void> {
  if (process.env[urlVariable]) return;
  const external = process.env[ownServerVariable];
  const url = external ?? (await startServer());
  const template = external === undefined ? templateName : `${templateName}_${String(process.pid)}`;
  await makeTemplate(url, template);
  if (external !== undefined) running.stopTestServer = () => onServer(url, [`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`]);
  process.env[urlVariable] = url;
  process.env[templateVariable] = template;
}

async function startServer(): Promise<string> {
  const dataDir = await mkdtemp(join(await fastDirectory(), 'confab-test-'));
  const server = await startEmbedded({ dataDir, logger: silentLogger, settings: { max_connections: '200' } });
  running.stopTestServer = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return server.url;
}

const roomyBytes = 2 ** 30;

/** In memory where there is room: the server keeps every promise of durability and waits for no disk. */
async function fastDirectory(): Promise<string> {
  const found = await statfs('/dev/shm').catch(() => null);
  return found && found.bavail * found.bsize >= roomyBytes ? '/dev/shm' : tmpdir();
}

async function makeTemplate(url: string, template: string): Promise<void> {
  await onServer(url, [`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`, `CREATE DATABASE ${template}`]);
  const pool = new pg.Pool({ connectionString: databaseOf(url, template), max: 1 });
  await migrate(pool, migrationsFolder, silentLogger);
  await pool.end();
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
