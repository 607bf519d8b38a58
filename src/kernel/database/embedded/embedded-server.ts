import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../../telemetry/logger.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { claim, type Claim } from './claim.ts';
import { type Directories, password, prepareDirectories, removeSocket } from './directories.ts';
import { initialise, owner } from './initialise.ts';
import { kill, postmasterPid, stopOrphans } from './orphans.ts';
import { untilReady } from './ready.ts';
import { ServerProcess } from './server-process.ts';
import { writeSettings } from './server-settings.ts';
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
  const held = await claim(directories);
  try {
    const url = urlOf(directories, await password(directories));
    const server = new Supervised({ ...options, binaries, prefix, directories, url, held });
    await stopOrphans(directories, options.logger);
    await initialise(directories, binaries, prefix);
    await server.start();
    return server;
  } catch (error) {
    await held.release();
    throw error;
  }
}

const urlOf = ({ sockets }: Directories, secret: string): string =>
  `postgresql://${owner}:${encodeURIComponent(secret)}@/${owner}?host=${encodeURIComponent(sockets)}`;

interface Parts extends EmbeddedOptions {
  readonly binaries: Binaries;
  readonly prefix: readonly string[];
  readonly directories: Directories;
  readonly url: string;
  readonly held: Claim;
}

const firstPauseMs = 100;
const longestPauseMs = 5000;
const steadyMs = 60_000;
const orderlyEndMs = 5000;

class Supervised implements EmbeddedServer {
  readonly #parts: Parts;
  #process: ServerProcess | null = null;
  #stopping = false;
  #watch: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get url(): string {
    return this.#parts.url;
  }

  async pid(): Promise<number | null> {
    return this.#process && !this.#process.over ? postmasterPid(this.#parts.directories.cluster) : null;
  }

  async start(): Promise<void> {
    const running = await this.#launch();
    this.#watch = this.#keepRunning(running);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#end();
    await this.#watch;
    await this.#end();
    await this.#parts.held.release();
  }

  async #launch(): Promise<ServerProcess> {
    const { directories, binaries, prefix, settings, url, logger } = this.#parts;
    await removeSocket(directories);
    const words = await writeSettings(directories, settings ?? {});
    const launched = new ServerProcess([...prefix, binaries.postgres, ...words], logger);
    this.#process = launched;
    try {
      await untilReady(url, launched);
      return launched;
    } catch (error) {
      await this.#end();
      throw error;
    }
  }

  async #keepRunning(first: ServerProcess): Promise<void> {
    let current: ServerProcess | null = first;
    let pauseMs = firstPauseMs;
    while (!this.#stopping) {
      const since = performance.now();
      const code = await current?.ended;
      if (this.#stopping) return;
      if (performance.now() - since > steadyMs) pauseMs = firstPauseMs;
      this.#parts.logger.error('the database server ended by itself; starting it again', { code, pauseMs });
      current = await this.#again();
      if (current) continue;
      await wait(pauseMs, undefined, { ref: false });
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  async #again(): Promise<ServerProcess | null> {
    try {
      await stopOrphans(this.#parts.directories, this.#parts.logger);
      const launched = await this.#launch();
      this.#parts.logger.info('the database server is back');
      return launched;
    } catch (error) {
      this.#parts.logger.error('the database server did not start', { reason: error instanceof Error ? error.message : String(error) });
      return null;
    }
  }

  async #end(): Promise<void> {
    const ending = this.#process;
    if (!ending || ending.over) return;
    ending.askToEnd();
    for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
      if (await endsWithin(ending, orderlyEndMs)) return;
      const pid = await postmasterPid(this.#parts.directories.cluster);
      if (pid !== null) kill(pid, signal);
    }
    await ending.ended;
  }
}

async function endsWithin(server: ServerProcess, ms: number): Promise<boolean> {
  const late = new AbortController();
  const timeout = wait(ms, false, { signal: late.signal }).catch(() => true);
  const ended = await Promise.race([server.ended.then(() => true), timeout]);
  late.abort();
  return ended;
}
