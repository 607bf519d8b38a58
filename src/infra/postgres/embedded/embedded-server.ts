import { inMegabytes, roomAtLeast } from '../../../kernel/disk-room.ts';
import { freeBytes } from '../../files/free-bytes.ts';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import { AppError } from '../../../kernel/errors.ts';
import { privateDirectory } from '../../files/private-files.ts';
import { findBinaries } from './binaries.ts';
import { claim } from './claim.ts';
import { type Directories, hasCluster, password, prepareDirectories } from './directories.ts';
import { initialise, owner } from './initialise.ts';
import { stopOrphans } from './orphans.ts';
import { SupervisedServer } from './supervised-server.ts';
import { commandPrefix } from './unprivileged.ts';

export interface EmbeddedOptions {
  /** Absolute; made when missing. The server keeps its files in `postgres*` and `run` below it. */
  readonly dataDir: string;
  readonly logger: Logger;
  /** PostgreSQL settings in place of ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedServer {
  /** For any PostgreSQL client of this machine and user; holds the password. */
  readonly url: string;
  /** The postmaster's process id; null while there is none. */
  pid(): Promise<number | null>;
  /** An orderly end, within a few seconds. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on `dataDir` and keeps it running: a server that ends by itself is started again. It never outlives
 * this process, and what a killed one left is cleared away first. Throws when another Confab has the directory.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const binaries = findBinaries();
  const prefix = await commandPrefix();
  const directories = await prepareDirectories(options.dataDir);
  await requireRoom(directories);
  const held = await claim(directories);
  try {
    const url = urlOf(directories, await password(directories));
    const server = new SupervisedServer({
      postgres: [...prefix, binaries.postgres],
      directories,
      url,
      held,
      logger: options.logger,
      settings: options.settings ?? {},
    });
    await stopOrphans(directories, options.logger);
    await initialise(directories, [...prefix, binaries.initdb], options.logger);
    // PostgreSQL refuses a directory that others may read, as after `chmod -R a+rX`.
    await privateDirectory(directories.cluster);
    await server.start();
    return server;
  } catch (error) {
    await held.release();
    throw error;
  }
}

/** What a new cluster takes, log included. */
const roomForCluster = 200 * 2 ** 20;

/** PostgreSQL on a full disk dies in its recovery, with words that say nothing of the way out. */
async function requireRoom(directories: Directories): Promise<void> {
  const needed = (await hasCluster(directories)) ? roomAtLeast : roomForCluster;
  const free = await freeBytes(directories.root);
  if (free === null || free >= needed) return;
  throw new AppError('unavailable', {
    detail:
      `The disk of the data directory ${directories.root} is full: ${inMegabytes(free)} are free, and PostgreSQL needs ${inMegabytes(needed)} to start. ` +
      'Free space or enlarge the disk, then start again; nothing that was acknowledged is lost. Delete nothing inside the data directory.',
  });
}

/** The address of the app's database behind the socket in these directories. */
export const urlOf = ({ sockets }: Directories, secret: string): string =>
  `postgresql://${owner}:${encodeURIComponent(secret)}@/${owner}?host=${encodeURIComponent(sockets)}`;
