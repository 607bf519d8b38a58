import { movedFrom } from '../promote/moving.ts';
import { chatHomeAt, chatStoreOf } from '../modules/chat/module.ts';
import { AppError, errorText } from '../kernel/errors.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';
import { sleep } from '../kernel/sleep.ts';
import type { Config } from './config.ts';
import { type App, startApp } from './app.ts';
import { writeMovedFile } from './promote/moved-file.ts';
import { type Moving, type ControlHandler, ControlSocket } from './promote/control-socket.ts';
import { controlSocketPath } from './promote/control-socket-path.ts';

const askAgainMs = 500;
const lookEveryMs = 1_000;

/** The app of this process, which may move from the embedded database to another, or with its conversations to MongoDB, while it runs. */
export class Supervisor implements ControlHandler {
  readonly #config: Config;
  readonly #logger: Logger;
  #app: App;
  #controlSocket: ControlSocket | null = null;
  #releasing: Promise<void> | null = null;
  #looking: NodeJS.Timeout | null = null;
  #isStopping = false;

  static async start(config: Config, logger: Logger): Promise<Supervisor> {
    const supervisor = new Supervisor(config, logger, await startApp(config, logger));
    try {
      if (supervisor.#app.databaseLocation.kind === 'embedded')
        supervisor.#controlSocket = await ControlSocket.open(await controlSocketPath(config.dataDir), { handler: supervisor, logger });
      else supervisor.#followMove();
      return supervisor;
    } catch (error) {
      await supervisor.stop();
      throw error;
    }
  }

  private constructor(config: Config, logger: Logger, app: App) {
    // After a move it listens where it did before.
    this.#config = { ...config, port: app.port };
    this.#logger = logger;
    this.#app = app;
  }

  get app(): App {
    return this.#app;
  }

  pauseWrites(moving: Moving): Promise<void> {
    if (moving === 'chat' && this.#app.kernel.mongo)
      throw new AppError('conflict', { detail: 'The conversations are in MongoDB already.' });
    if (moving === 'team' && this.#app.databaseLocation.kind !== 'embedded')
      throw new AppError('conflict', { detail: 'The team has moved already.' });
    return this.#app.pauseWrites();
  }

  resumeWrites(): Promise<void> {
    return (this.#releasing ??= this.#release().finally(() => (this.#releasing = null)));
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#looking) clearInterval(this.#looking);
    await this.#releasing?.catch(() => undefined);
    await this.#controlSocket?.close();
    await this.#app.stop();
  }

  /** Whether the move was committed is known to the database alone; until it answers, changes stay held. */
  async #release(): Promise<void> {
    const { url } = this.#app.databaseLocation;
    const moved = await this.#untilItSucceeds('the database does not say whether the team has moved', () => movedFrom(url));
    if (moved === undefined) return;
    if (moved !== null) return this.#switchTo(moved);
    const home = await this.#untilItSucceeds('the database does not say where the conversations are', () => chatHomeAt(url));
    if (home === undefined) return;
    if (home?.store === 'mongodb' && this.#keepsChat()) await this.#restart('the conversations live in MongoDB');
    else this.#app.resumeWrites();
  }

  /** Whether this process keeps conversations, and in PostgreSQL. */
  #keepsChat(): boolean {
    return this.#config.modules.includes('chat') && this.#app.kernel.mongo === null;
  }

  /** Where no command knocks, each node looks for itself whether the conversations have moved: its writers are refused from then on. */
  #followMove(): void {
    this.#looking = setInterval(() => {
      if (this.#releasing || !this.#keepsChat()) return;
      chatStoreOf(this.#app.kernel.database)
        .then((store) => (store === 'mongodb' ? this.resumeWrites() : undefined))
        // The database is away: everybody notices.
        .catch(() => undefined);
    }, lookEveryMs);
  }

  async #switchTo(url: string): Promise<void> {
    await this.#untilItSucceeds('where the team lives cannot be written down', () => writeMovedFile(this.#config.dataDir, url));
    await this.#restart('the team lives in its new database');
  }

  async #restart(why: string): Promise<void> {
    const since = performance.now();
    await this.#app.stop();
    const app = await this.#untilItSucceeds('the new database cannot be opened', () => startApp(this.#config, this.#logger));
    if (!app) return;
    this.#app = app;
    this.#logger.info(why, { event: 'app.restarted', ms: Math.round(performance.now() - since) });
  }

  /** Undefined once the process is to stop. */
  async #untilItSucceeds<T>(trouble: string, work: () => Promise<T>): Promise<T | undefined> {
    while (!this.#isStopping) {
      try {
        return await work();
      } catch (error) {
        this.#logger.error(`${trouble}; trying again`, {
          event: 'app.restart_failed',
          error: errorText(error),
        });
        await sleep(askAgainMs);
      }
    }
    return undefined;
  }
}
