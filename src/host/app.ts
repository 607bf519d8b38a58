import { claimSetupLink } from '../contracts/auth/team.ts';
import { systemContext } from '../kernel/context.ts';
import type { Bus } from '../kernel/bus/bus.ts';
import type { Kernel, ModuleDefinition } from '../kernel/module.ts';
import { MaintenanceMode } from '../gateway/maintenance-mode.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';
import { sleep } from '../kernel/sleep.ts';
import type { Config } from './config.ts';
import type { DiskWatch } from './disk-watch.ts';
import { buildTransports } from './transports.ts';
import { buildModules, definitions as allDefinitions } from './modules.ts';
import { type MutableNodeInfo, openRoutes } from './open-routes.ts';
import { openKernel } from './open-kernel.ts';
import { openDatabaseLocation, type DatabaseLocation } from './database-location.ts';
import { privateDirectory } from '../infra/files/private-files.ts';
import { rememberAddress } from './public-address.ts';
import { teamSecret } from './secret.ts';

const holdWithinMs = 2_000;

export interface App {
  readonly kernel: Kernel;
  readonly port: number;
  readonly databaseLocation: DatabaseLocation;
  /** The one-time set-up link while there is no team yet. */
  readonly setupUrl: string | null;
  /** Settles when everything published so far has been delivered; for tests. */
  settle(): Promise<void>;
  /** Refuses every change from now on and settles once those under way have ended; reading goes on. */
  pauseWrites(): Promise<void>;
  /** Lets changes in again. */
  resumeWrites(): void;
  /** An orderly end: not ready at once, what is under way is answered, sockets are asked to move. */
  stop(): Promise<void>;
}

/** Starts everything this process hosts, in order; what started is stopped again when a later part fails. */
export async function startApp(config: Config, logger: Logger, definitions: readonly ModuleDefinition[] = allDefinitions): Promise<App> {
  const stops: (() => Promise<void> | void)[] = [];
  const maintenance = new MaintenanceMode();
  let stopping = false;
  const stopAll = (): Promise<void> => {
    stopping = true;
    return stopInReverse(stops, logger);
  };
  try {
    await privateDirectory(config.dataDir);
    const secret = await teamSecret(config.secret, config.dataDir);
    const location = await openDatabaseLocation(config, logger);
    stops.push(() => location.stop());
    const nodeInfo: MutableNodeInfo = { modules: config.modules, transports: config.transports };
    const { kernel, bus, auth, disk, close } = await openKernel({ config, at: location, secret, logger, relays: true, nodeInfo });
    stops.push(close, await watchDisk(kernel, disk));
    kernel.metrics.gauge('confab_writes_held', '1 while changes wait for a move of the database', () => Number(maintenance.isOn));
    const { modules, routes: local } = await buildModules(kernel, bus, { config, secret, definitions });
    const routes = await openRoutes(kernel, bus, { config, auth, local, definitions, nodeInfo });
    stops.push(() => routes.close());
    const transports = buildTransports(kernel, bus, { config, secret, maintenance, isStopping: () => stopping, routes });
    stops.push(() => kernel.outbox.stop());
    stops.push(() => bus.stop());
    for (const module of modules) {
      stops.push(() => module.stop?.());
      await module.start?.();
    }
    stops.push(() => kernel.jobs.stop());
    await Promise.all([kernel.jobs.start(), bus.start(), kernel.outbox.start(), rememberAddress(config)]);
    stops.push(() => bus.stopReceiving());
    stops.push(() => transports.close());
    const { url: setupUrl } = config.modules.includes('auth') ? await bus.call(claimSetupLink, {}, systemContext()) : { url: null };
    return {
      kernel,
      port: await transports.open(),
      databaseLocation: location,
      setupUrl,
      settle: () => kernel.outbox.drained(),
      pauseWrites: () => hold(maintenance, kernel, bus),
      resumeWrites: () => maintenance.end(),
      stop: stopAll,
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function stopInReverse(stops: (() => Promise<void> | void)[], logger: Logger): Promise<void> {
  for (const stop of stops.reverse().splice(0)) {
    await Promise.resolve()
      .then(stop)
      .catch((error: unknown) => {
        logger.error('a part did not stop well', { event: 'app.stop_failed', error: String(error) });
      });
  }
}

/** Answers what stops it. */
async function watchDisk({ health }: Kernel, disk: DiskWatch): Promise<() => Promise<void>> {
  health.add(disk.check);
  await disk.start();
  return () => disk.stop();
}

async function hold(maintenance: MaintenanceMode, { outbox }: Kernel, bus: Bus): Promise<void> {
  maintenance.begin();
  await bus.idle(holdWithinMs);
  // What is not delivered in time is delivered by the relay of the next app.
  const late = new AbortController();
  await Promise.race([outbox.drained(), sleep(holdWithinMs, { signal: late.signal })]);
  late.abort();
}
