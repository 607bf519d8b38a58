import { hasCluster, prepareDirectories } from '../../infra/postgres/embedded/directories.ts';
import { startEmbedded } from '../../infra/postgres/embedded/embedded-server.ts';
import { findRunning } from '../../infra/postgres/embedded/running.ts';
import type { Writers } from '../../promote/promotion.ts';
import { AppError } from '../../kernel/errors.ts';
import { createLogger } from '../../infra/telemetry/winston-logger.ts';
import { connectControlSocket } from './connect-control-socket.ts';
import type { Moving } from './control-socket.ts';

/** The database that is moved from, and whoever writes to it. */
export interface Origin {
  readonly url: string;
  readonly writers: Writers;
  /** Whether a server is asked to hold, and goes over when it is released. */
  readonly isServed: boolean;
  /** Whether servers may use it that nobody can ask. */
  readonly isShared: boolean;
  close(): Promise<void> | void;
}

const nothing = (): Promise<void> => Promise.resolve();

/** Whoever writes is known to the database alone. */
export const nobodyKnown: Writers = { hold: nothing, release: nothing };

export async function requireTeam(dataDir: string): Promise<void> {
  if (!(await hasCluster(await prepareDirectories(dataDir))))
    throw new AppError('not_found', { detail: `There is no team in ${dataDir}: set CONFAB_DATA_DIR to the server’s.` });
}

/** The embedded database: that of the server which runs on it, or else started here. */
export async function embeddedOrigin(dataDir: string, moving: Moving): Promise<Origin> {
  const running = await findRunning(dataDir);
  if (running === null) return alone(dataDir);
  const server = await connectControlSocket(dataDir, moving);
  return {
    url: running,
    writers: server,
    isServed: true,
    isShared: false,
    close: () => {
      server.close();
    },
  };
}

/** No server runs: none can start meanwhile, since the data directory is ours. */
async function alone(dataDir: string): Promise<Origin> {
  const embedded = await startEmbedded({ dataDir, logger: createLogger({ level: 'error', pretty: true }) });
  return { url: embedded.url, writers: nobodyKnown, isServed: false, isShared: false, close: () => embedded.stop() };
}
