import { join } from 'node:path';
import { defaultSettings } from '../contracts/admin/entities.ts';
import { settingsChanged } from '../contracts/admin/events.ts';
import { PostgresAudit } from '../kernel/audit/postgres-audit.ts';
import { type Bus, listen } from '../kernel/bus/bus.ts';
import { MemoryBus } from '../kernel/bus/memory-bus.ts';
import { PostgresDeliveries } from '../kernel/bus/postgres-deliveries.ts';
import { systemClock } from '../kernel/clock.ts';
import { assertDurable } from '../kernel/database/durability.ts';
import { isConnectionFailure } from '../kernel/database/failures.ts';
import { migrate } from '../kernel/database/migrate.ts';
import { PgDatabase } from '../kernel/database/pg-database.ts';
import { AppError } from '../kernel/errors.ts';
import { HealthChecks } from '../kernel/health/health-checks.ts';
import { newId } from '../kernel/ids.ts';
import { PgBossJobs } from '../kernel/jobs/pg-boss-jobs.ts';
import type { Kernel } from '../kernel/module.ts';
import { PostgresOutbox } from '../kernel/outbox/postgres-outbox.ts';
import { PostgresSettings } from '../kernel/settings/postgres-settings.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';
import { createMetrics } from '../kernel/telemetry/prometheus-metrics.ts';
import type { Config } from './config.ts';
import { root } from './root.ts';

export interface OpenKernel {
  readonly kernel: Kernel;
  /** As the host sees it: it may serve and subscribe. */
  readonly bus: Bus;
  readonly settings: PostgresSettings;
  close(): Promise<void>;
}

interface KernelOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly logger: Logger;
  /** False for the command line, which leaves what it announces to the server. */
  readonly relays: boolean;
}

/** The kernel of this process on a database that is brought up to date first. */
export async function openKernel({ config, databaseUrl, logger, relays }: KernelOptions): Promise<OpenKernel> {
  const clock = systemClock;
  const database: PgDatabase = new PgDatabase({ url: databaseUrl, outbox: () => outbox, logger });
  const deliveries = new PostgresDeliveries(database);
  const bus = new MemoryBus({ deliveries, logger, strict: config.strictBus });
  const outbox: PostgresOutbox = new PostgresOutbox({ database, bus, deliveries, logger, relays });
  const settings = new PostgresSettings(database, {
    ...defaultSettings,
    registration: config.registration,
    emailDomains: [...config.emailDomains],
  });
  const health = new HealthChecks();
  health.add({
    name: 'database',
    required: true,
    check: async () => {
      await database.query('SELECT 1');
      return 'answers';
    },
  });
  bus.subscribe(
    listen(settingsChanged, 'kernel.settings', ({ payload }) => {
      settings.take(payload.settings);
    }),
  );
  try {
    await assertDurable(database.pool, logger);
    await migrate(database.pool, join(root, 'prisma', 'migrations'), logger);
    await settings.start();
  } catch (error) {
    await database.close();
    throw isConnectionFailure(error) ? outOfReach(databaseUrl, error) : error;
  }
  const kernel: Kernel = {
    bus,
    database,
    outbox,
    deliveries,
    jobs: new PgBossJobs({ pool: database.pool, database, logger }),
    settings,
    audit: new PostgresAudit(database, clock),
    health,
    logger,
    metrics: createMetrics(),
    clock,
    nodeId: newId(),
  };
  return { kernel, bus, settings, close: () => database.close() };
}

/** Names the server and the setting, never the password. */
function outOfReach(databaseUrl: string, cause: unknown): AppError {
  const place = databaseUrl.replace(/^(\w+:\/\/)[^@/]*@/, '$1').replace(/\?.*$/, '');
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('unavailable', {
    detail: `The database ${place} does not answer (${reason}): start it, or correct DATABASE_URL.`,
    cause,
  });
}
