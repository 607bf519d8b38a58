import { errorText } from '../../../kernel/errors.ts';
import { LogThrottle } from '../../../kernel/telemetry/log-throttle.ts';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import { endsWithin, sleep } from '../../../kernel/sleep.ts';
import type { Claim } from './claim.ts';
import { type Directories, removeSocket } from './directories.ts';
import { kill, postmasterPid, stopOrphans } from './orphans.ts';
import { untilReady } from './ready.ts';
import { writeSettings } from './server-settings.ts';
import { WatchedProcess } from './watched-process.ts';

interface Parts {
  /** The words that run the server, without its arguments. */
  readonly postgres: readonly string[];
  readonly directories: Directories;
  readonly url: string;
  readonly held: Claim;
  readonly logger: Logger;
  readonly settings: Readonly<Record<string, string>>;
}

const firstPauseMs = 100;
const longestPauseMs = 5000;
/** A server that lived so long has earned a restart without a pause. */
const steadyMs = 60_000;
const orderlyEndMs = 5000;

/** The server of a claimed directory, started again whenever it ends by itself. */
export class SupervisedServer {
  readonly url: string;
  readonly #parts: Parts;
  readonly #stopping = new AbortController();
  readonly #throttle = new LogThrottle({ lines: 3 });
  #process: WatchedProcess | null = null;
  #watch: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.url = parts.url;
  }

  async pid(): Promise<number | null> {
    return this.#process && !this.#process.over ? postmasterPid(this.#parts.directories.cluster) : null;
  }

  async start(): Promise<void> {
    this.#watch = this.#keepRunning(await this.#launch().catch(() => this.#launchAgain()));
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stopOnce();
    return this.#stopped;
  }

  async #stopOnce(): Promise<void> {
    this.#stopping.abort();
    await this.#end();
    await this.#watch;
    // A restart may have been under way.
    await this.#end();
    await this.#parts.held.release();
  }

  async #launch(): Promise<WatchedProcess> {
    const { directories, postgres, settings, url, logger } = this.#parts;
    await removeSocket(directories);
    const words = await writeSettings(directories, settings);
    const launched = new WatchedProcess([...postgres, ...words], logger);
    this.#process = launched;
    try {
      await untilReady(url, launched);
      return launched;
    } catch (error) {
      await this.#end();
      throw error;
    }
  }

  async #keepRunning(first: WatchedProcess): Promise<void> {
    const { logger } = this.#parts;
    let current: WatchedProcess | null = first;
    let pauseMs = 0;
    for (;;) {
      const since = performance.now();
      const code = await current?.ended;
      if (this.#isStopping) return;
      if (performance.now() - since > steadyMs) pauseMs = 0;
      if (current && this.#throttle.admit('ended') !== null)
        logger.error('the database server ended by itself; starting it again', { event: 'database.ended', code, pauseMs });
      await sleep(pauseMs, { signal: this.#stopping.signal });
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a getter: it may have changed while waiting
      if (this.#isStopping) return;
      pauseMs = Math.min(Math.max(pauseMs * 2, firstPauseMs), longestPauseMs);
      current = await this.#again();
    }
  }

  /** A killed app may have had a server on its way that no search could find yet. */
  async #launchAgain(): Promise<WatchedProcess> {
    await stopOrphans(this.#parts.directories, this.#parts.logger);
    return this.#launch();
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #again(): Promise<WatchedProcess | null> {
    const { logger } = this.#parts;
    try {
      const launched = await this.#launchAgain();
      logger.info('the database server is back', { event: 'database.up' });
      return launched;
    } catch (error) {
      const reason = errorText(error);
      if (!this.#isStopping && this.#throttle.admit(reason.slice(0, 80)) !== null)
        logger.error('the database server did not start', { event: 'database.start_failed', reason });
      return null;
    }
  }

  async #end(): Promise<void> {
    const ending = this.#process;
    if (!ending || ending.over) return;
    ending.askToEnd();
    for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
      if (await endsWithin(orderlyEndMs, ending.ended)) return;
      const pid = await postmasterPid(this.#parts.directories.cluster);
      if (pid !== null) kill(pid, signal);
    }
    await ending.ended;
  }
}
