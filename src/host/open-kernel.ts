import { join } from 'node:path';
import { allSettings, Settings, settingsChanged } from '../contracts/admin/settings.ts';

import { eventsMayBeLost } from '../contracts/nodes/nodes.ts';
import { MessageAuth } from '../infra/cluster/auth/message-auth.ts';
import { PostgresAudit } from '../infra/postgres/postgres-audit.ts';
import { type Bus, onLive } from '../kernel/bus/bus.ts';
import type { NodeInfo } from '../kernel/bus/cluster-transport.ts';
import { MemoryBus } from '../infra/memory/memory-bus.ts';
import { PostgresDeliveries } from '../infra/postgres/postgres-deliveries.ts';
import { systemClock } from '../kernel/clock.ts';
import { assertDurable } from '../infra/postgres/durability.ts';
import { isConnectionFailure } from '../infra/postgres/failures.ts';
import { migrate } from '../infra/postgres/migrate.ts';
import type { MongoDatabase } from '../infra/mongo/mongo-database.ts';
import { PgDatabase } from '../infra/postgres/pg-database.ts';
import { refuseUnfinished } from '../promote/moving.ts';
import { AppError, errorText } from '../kernel/errors.ts';
import { HealthChecks } from '../kernel/health-checks.ts';
import { newId } from '../kernel/ids.ts';
import type { Jobs } from '../kernel/jobs.ts';
import { PgBossJobs } from '../infra/jobs/pg-boss-jobs.ts';
import type { Kernel } from '../kernel/module.ts';
import { PostgresOutbox } from '../infra/postgres/postgres-outbox.ts';
import { withoutSecrets } from '../kernel/server-address.ts';
import { RedisServer } from '../infra/redis/redis.ts';
import { teamPrefix } from '../kernel/derived-key.ts';
import { PostgresSettings } from '../infra/postgres/postgres-settings.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';
import { createMetrics } from '../infra/telemetry/prometheus-metrics.ts';
import { chatHomeAt } from '../modules/chat/module.ts';
import type { Config } from './config.ts';
import { DiskWatch } from './disk-watch.ts';
import { initialSettings } from './modules.ts';
import { openBus } from './open-bus.ts';
import type { DatabaseLocation } from './database-location.ts';
import { root } from './root.ts';

export interface OpenKernel {
  readonly kernel: Kernel;
  /** As the host sees it: it may serve and subscribe. */
  readonly bus: Bus;
  readonly settings: PostgresSettings<typeof allSettings>;
  readonly auth: MessageAuth;
  /** Made and not started: the command line does not look. */
  readonly disk: DiskWatch;
  close(): Promise<void>;
}

interface KernelOptions {
  readonly config: Config;
  /** Where the team's database is. */
  readonly at: Pick<DatabaseLocation, 'url' | 'kind'>;
  readonly secret: string;
  readonly logger: Logger;
  /** False for the command line, which leaves what it publishes to the server. */
  readonly relays: boolean;
  /** What the process says of itself to the others. */
  readonly nodeInfo?: NodeInfo;
}

/** The kernel of this process on a database that is brought up to date first. */
export async function openKernel(options: KernelOptions): Promise<OpenKernel> {
  const { config, logger } = options;
  const mongo = await mongoOf(options);
  const { kernel, bus, settings, auth, database, disk, redis } = await kernelOf(options, mongo);
  keepFresh(settings, bus, logger);
  const close = async (): Promise<void> => {
    redis?.close();
    await mongo?.close();
    await database.close();
  };
  try {
    await assertDurable(database.pool, logger);
    if (redis && config.jobs === 'redis') await (await bullMq()).assertKeeps(redis);
    await refuseUnfinished(database.pool);
    const applied = await migrate(database.pool, join(root, 'prisma', 'migrations'), logger);
    if (applied.length > 0) logger.info('brought the database up to date', { event: 'database.migrated', migrations: applied.length });
    await settings.start();
  } catch (error) {
    await close();
    throw isConnectionFailure(error) ? outOfReach(options, error) : error;
  }
  return { kernel, bus, settings, auth, disk, close };
}

async function kernelOf(options: KernelOptions, mongo: MongoDatabase | null) {
  const { config, at, secret, logger, relays, nodeInfo = { modules: config.modules, transports: config.transports } } = options;
  const clock = systemClock;
  const nodeId = newId();
  const metrics = createMetrics();
  const redis = redisOf(config, { secret, logger });
  const database: PgDatabase = new PgDatabase({ url: at.url, outbox: () => outbox, logger });
  const uses = metrics.counter('confab_database_uses_total', 'Statements, and transactions of several, sent to PostgreSQL');
  database.pool.on('acquire', () => {
    uses.add({}, 1);
  });
  const deliveries = new PostgresDeliveries(database);
  const health = healthOf({ database, mongo, redis });
  const disk = new DiskWatch({ database, dataDir: config.dataDir, isEmbedded: at.kind === 'embedded', logger, metrics });
  const auth = new MessageAuth({ secret, nodeId, logger, metrics });
  const bus = relays
    ? openBus({ config, secret, nodeId, nodeInfo, auth, redis, deliveries, logger, metrics, health })
    : new MemoryBus({ deliveries, logger, strict: config.strictBus });
  const outbox: PostgresOutbox = new PostgresOutbox({ database, bus, deliveries, logger, relays });
  const settings = new PostgresSettings({
    database,
    all: allSettings,
    initial: Settings.parse({ ...allSettings.defaults, ...initialSettings(config) }),
    publish: (tx, changed) => {
      tx.publish(settingsChanged, { settings: changed });
    },
  });
  const kernel: Kernel = {
    bus,
    database,
    mongo,
    redis,
    outbox,
    deliveries,
    jobs: await jobsOf(config, { redis, database, logger }),
    settings,
    audit: new PostgresAudit(database, clock),
    health,
    disk,
    logger,
    metrics,
    clock,
    nodeId,
  };
  return { kernel, bus, settings, auth, database, disk, redis };
}

interface Servers {
  readonly database: PgDatabase;
  readonly mongo: MongoDatabase | null;
  readonly redis: RedisServer | null;
}

function healthOf({ database, mongo, redis }: Servers): HealthChecks {
  const health = new HealthChecks();
  const check = async (): Promise<string> => {
    await database.query('SELECT 1');
    return 'answers';
  };
  health.add({ name: 'database', required: true, check });
  if (mongo) health.add({ name: 'mongodb', required: true, check: () => mongo.check() });
  if (redis) health.add({ name: 'redis', required: false, check: () => redis.check() });
  return health;
}

/** A change of settings holds at once on every node that receives the event; one that may have missed it reads them again. */
function keepFresh(settings: OpenKernel['settings'], bus: Bus, logger: Logger): void {
  const read = (): void => {
    settings.refresh().catch((error: unknown) => {
      logger.warn('settings could not be read again; the next change reads them', { event: 'settings.read_failed', error: String(error) });
    });
  };
  const reread = onLive(eventsMayBeLost, 'kernel.settings', read);
  const take = onLive(settingsChanged, 'kernel.settings', ({ payload }) => {
    settings.take(payload.settings);
    // Events of two changes may arrive in either order; the row has both.
    read();
  });
  bus.subscribe(reread);
  bus.subscribe(take);
}

/** Conversations that were moved there are found by the address in PostgreSQL. Its driver is loaded only where it is wanted. */
async function mongoOf({ config, at, logger }: KernelOptions): Promise<MongoDatabase | null> {
  // A database that does not answer is reported by whoever needs it next.
  const mongoUrl = config.mongoUrl ?? (await chatHomeAt(at.url).catch(() => null))?.url ?? undefined;
  if (mongoUrl === undefined) return null;
  const { MongoDatabase } = await import('../infra/mongo/mongo-database.ts');
  return MongoDatabase.connect(mongoUrl, logger);
}

function redisOf({ redisUrl }: Config, { secret, logger }: { secret: string; logger: Logger }): RedisServer | null {
  if (redisUrl === undefined) return null;
  return new RedisServer(redisUrl, { prefix: teamPrefix(secret), logger });
}

/** Loaded where it is used: it is large. */
const bullMq = () => import('../infra/jobs/bullmq-jobs.ts');

interface JobParts {
  readonly redis: RedisServer | null;
  readonly database: PgDatabase;
  readonly logger: Logger;
}

async function jobsOf({ jobs }: Config, { redis, database, logger }: JobParts): Promise<Jobs> {
  if (!redis || jobs === 'postgres') return new PgBossJobs({ pool: database.pool, database, logger });
  const { BullMqJobs } = await bullMq();
  return new BullMqJobs({ redis, logger });
}

/** Names the server and the setting, never the password. */
function outOfReach({ at, config }: KernelOptions, cause: unknown): AppError {
  const reason = errorText(cause);
  return new AppError('unavailable', {
    detail: `The database ${withoutSecrets(at.url)} does not answer (${reason}): start it, or correct ${config.databaseUrl === undefined ? 'it by DATABASE_URL' : 'DATABASE_URL'}.`,
    cause,
  });
}
