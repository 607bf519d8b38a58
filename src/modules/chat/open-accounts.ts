import { readUsers } from '../../contracts/auth/accounts.ts';
import { boundedCache } from '../../kernel/bounded-cache.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import type { Context } from '../../kernel/context.ts';

const keptAtMost = 10_000;

/** Whether accounts are open, in memory: a send to one person asks once, and again after that account changed. */
export class OpenAccounts {
  readonly #bus: BusCaller;
  readonly #known = boundedCache<boolean>(keptAtMost);
  /** Questions under way. Who is forgotten meanwhile is no longer among them: that answer is not kept, and shared with nobody who asks later. */
  readonly #asked = new Map<string, Promise<boolean>>();

  constructor(bus: BusCaller) {
    this.#bus = bus;
  }

  /** Undefined where it has to be asked. */
  known(userId: string): boolean | undefined {
    return this.#known.get(userId);
  }

  /** Who asks while the answer is under way waits for it: after a start many send to one person before the first answer. */
  ask(userId: string, context: Context): Promise<boolean> {
    const asked = this.#asked.get(userId);
    if (asked) return asked;
    const answer = this.#read(userId, context);
    this.#asked.set(userId, answer);
    answer.then(
      (isOpen) => {
        if (this.#end(userId, answer)) this.#known.set(userId, isOpen);
      },
      () => this.#end(userId, answer),
    );
    return answer;
  }

  async #read(userId: string, context: Context): Promise<boolean> {
    const { items } = await this.#bus.call(readUsers, { userIds: [userId] }, context);
    return items.length > 0;
  }

  /** False when it was forgotten meanwhile. */
  #end(userId: string, answer: Promise<boolean>): boolean {
    return this.#asked.get(userId) === answer && this.#asked.delete(userId);
  }

  forget(userId: string): void {
    this.#asked.delete(userId);
    this.#known.delete(userId);
  }

  forgetAll(): void {
    this.#asked.clear();
    this.#known.clear();
  }
}
