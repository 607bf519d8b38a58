import { setTimeout as wait } from 'node:timers/promises';
import { movedFrom } from '../kernel/database/promote/moving.ts';
import { chatHomeAt, chatStoreOf } from '../modules/chat/module.ts';
import { AppError } from '../kernel/errors.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';
import type { Config } from './config.ts';
import { type House, startHouse } from './house.ts';
import { writeMovedFile } from './promote/moved-file.ts';
import { type Moving, type Steward, Wicket } from './promote/wicket.ts';
import { wicketPath } from './promote/wicket-path.ts';

const askAgainMs = 500;
const lookEveryMs = 1_000;

/** The house of this process, which may move from the embedded database to another, or with its conversations to MongoDB, while it runs. */
export class Household implements Steward {
  readonly #config: Config;
  readonly #logger: Logger;
  #house: House;
  #wicket: Wicket | null = null;
  #releasing: Promise<void> | null = null;
  #looking: NodeJS.Timeout | null = null;
  #isStopping = false;

  static async start(config: Config, logger: Logger): Promise<Household> {
    const household = new Household(config, logger, await startHouse(config, logger));
    try {
      if (household.#house.residence.kind === 'embedded')
        household.#wicket = await Wicket.open(await wicketPath(config.dataDir), { steward: household, logger });
      else household.#lookAround();
      return household;
    } catch (error) {
      await household.stop();
      throw error;
    }
  }

  private constructor(config: Config, logger: Logger, house: House) {
    // After a move it listens where it did before.
    this.#config = { ...config, port: house.port };
    this.#logger = logger;
    this.#house = house;
  }

  get house(): House {
    return this.#house;
  }

  hold(moving: Moving): Promise<void> {
    if (moving === 'chat' && this.#house.kernel.mongo)
      throw new AppError('conflict', { detail: 'The conversations are in MongoDB already.' });
    if (moving === 'team' && this.#house.residence.kind !== 'embedded')
      throw new AppError('conflict', { detail: 'The team has moved already.' });
    return this.#house.hold();
  }

  release(): Promise<void> {
    return (this.#releasing ??= this.#release().finally(() => (this.#releasing = null)));
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#looking) clearInterval(this.#looking);
    await this.#releasing?.catch(() => undefined);
    await this.#wicket?.close();
    await this.#house.stop();
  }

  /** Whether the move was committed is known to the database alone; until it answers, changes stay held. */
  async #release(): Promise<void> {
    const { url } = this.#house.residence;
    const moved = await this.#persistently('the database does not say whether the team has moved', () => movedFrom(url));
    if (moved === undefined) return;
    if (moved !== null) return this.#goOver(moved);
    const home = await this.#persistently('the database does not say where the conversations are', () => chatHomeAt(url));
    if (home === undefined) return;
    if (home?.store === 'mongodb' && this.#keepsChat()) await this.#startAgain('the conversations live in MongoDB');
    else this.#house.release();
  }

  /** Whether this process keeps conversations, and in PostgreSQL. */
  #keepsChat(): boolean {
    return this.#config.modules.includes('chat') && this.#house.kernel.mongo === null;
  }

  /** Where no command knocks, each node looks for itself whether the conversations have moved: its writers are refused from then on. */
  #lookAround(): void {
    this.#looking = setInterval(() => {
      if (this.#releasing || !this.#keepsChat()) return;
      chatStoreOf(this.#house.kernel.database)
        .then((store) => (store === 'mongodb' ? this.release() : undefined))
        // The database is away: everybody notices.
        .catch(() => undefined);
    }, lookEveryMs);
  }

  async #goOver(url: string): Promise<void> {
    await this.#persistently('where the team lives cannot be written down', () => writeMovedFile(this.#config.dataDir, url));
    await this.#startAgain('the team lives in its new database');
  }

  async #startAgain(why: string): Promise<void> {
    const since = performance.now();
    await this.#house.stop();
    const house = await this.#persistently('the new database cannot be opened', () => startHouse(this.#config, this.#logger));
    if (!house) return;
    this.#house = house;
    this.#logger.info(why, { ms: Math.round(performance.now() - since) });
  }

  /** Undefined once the process is to stop. */
  async #persistently<T>(trouble: string, work: () => Promise<T>): Promise<T | undefined> {
    while (!this.#isStopping) {
      try {
        return await work();
      } catch (error) {
        this.#logger.error(`${trouble}; trying again`, { error: error instanceof Error ? error.message : String(error) });
        await wait(askAgainMs);
      }
    }
    return undefined;
  }
}
