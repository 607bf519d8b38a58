import { claimSetupLink } from '../contracts/auth/operations.ts';
import { houseContext } from '../kernel/context.ts';
import { startEmbedded } from '../kernel/database/embedded/embedded-server.ts';
import type { Kernel } from '../kernel/module.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';
import type { Config } from './config.ts';
import { buildDoors } from './doors.ts';
import { buildModules } from './modules.ts';
import { openKernel } from './open-kernel.ts';
import { teamSecret } from './secret.ts';

export interface House {
  readonly kernel: Kernel;
  readonly port: number;
  /** The one-time set-up link while there is no team yet. */
  readonly setupUrl: string | null;
  /** Settles when everything announced so far has been delivered; for tests. */
  settle(): Promise<void>;
  /** An orderly end: not ready at once, what is under way is answered, sockets are told to move. */
  stop(): Promise<void>;
}

/** Starts everything this process hosts, in order; what started is stopped again when a later part fails. */
export async function startHouse(config: Config, logger: Logger): Promise<House> {
  const stops: (() => Promise<void> | void)[] = [];
  let stopping = false;
  const stopAll = async (): Promise<void> => {
    stopping = true;
    for (const stop of stops.reverse().splice(0)) {
      await Promise.resolve()
        .then(stop)
        .catch((error: unknown) => {
          logger.error('a part did not stop well', { error: String(error) });
        });
    }
  };
  try {
    const secret = await teamSecret(config.secret, config.dataDir);
    const databaseUrl = config.databaseUrl ?? (await embedded(config, logger, stops));
    const { kernel, bus, close } = await openKernel({ config, databaseUrl, secret, logger, relays: true });
    stops.push(close);
    const modules = await buildModules(kernel, bus, { config, secret });
    const doors = buildDoors(kernel, bus, { config, isStopping: () => stopping });
    stops.push(() => kernel.outbox.stop());
    stops.push(() => bus.stop());
    for (const module of modules) {
      stops.push(() => module.stop?.());
      await module.start?.();
    }
    stops.push(() => kernel.jobs.stop());
    await Promise.all([kernel.jobs.start(), bus.start(), kernel.outbox.start()]);
    stops.push(() => doors.close());
    const { url: setupUrl } = await bus.call(claimSetupLink, {}, houseContext());
    return { kernel, port: await doors.open(), setupUrl, settle: () => kernel.outbox.drained(), stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function embedded(config: Config, logger: Logger, stops: (() => Promise<void> | void)[]): Promise<string> {
  const server = await startEmbedded({ dataDir: config.dataDir, logger });
  stops.push(() => server.stop());
  return server.url;
}
