import { readUsers } from '../../contracts/auth/accounts.ts';
import { boundedCache } from '../../kernel/bounded-cache.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import type { Context } from '../../kernel/context.ts';

const keptAtMost = 10_000;

/** Whether accounts are open, in memory: a send to one person asks once, and again after that account changed. */
export class OpenAccounts {
  readonly #bus: BusCaller;
  readonly #known = boundedCache<boolean>(keptAtMost);
  /** Counts what was forgotten: an answer that was under way meanwhile is not kept. */
  #turn = 0;

  constructor(bus: BusCaller) {
    this.#bus = bus;
  }

  /** Undefined where it has to be asked. */
  known(userId: string): boolean | undefined {
    return this.#known.get(userId);
  }

  async ask(userId: string, context: Context): Promise<boolean> {
    const turn = this.#turn;
    const { items } = await this.#bus.call(readUsers, { userIds: [userId] }, context);
    if (turn === this.#turn) this.#known.set(userId, items.length > 0);
    return items.length > 0;
  }

  forget(userId: string): void {
    this.#turn++;
    this.#known.delete(userId);
  }

  forgetAll(): void {
    this.#turn++;
    this.#known.clear();
  }
}
