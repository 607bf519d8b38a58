import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from './device.ts';
import { eventually } from './eventually.ts';
import type { Actor } from './team.ts';

/** Somebody who writes one message after the other, again and again until it is acked. */
export class RetryingSender {
  readonly acked = new Map<number, string>();
  readonly refusals: string[] = [];
  readonly #actor: Actor;
  readonly #conversationId: string;
  readonly #pauseMs: number;
  #isOver = false;
  readonly over: Promise<void>;

  /** `pauseMs` between two messages bounds how long the log grows on a fast machine. */
  constructor(actor: Actor, conversationId: string, { pauseMs = 0 }: { pauseMs?: number } = {}) {
    this.#actor = actor;
    this.#conversationId = conversationId;
    this.#pauseMs = pauseMs;
    this.over = this.#run();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.over;
  }

  async #run(): Promise<void> {
    for (let n = 1; !this.#isOver; n++) {
      await this.#send(`${this.#actor.name} ${String(n)}`, crypto.randomUUID());
      if (this.#pauseMs > 0) await sleep(this.#pauseMs);
    }
  }

  /** Retries with the same id, as every client does. */
  async #send(text: string, id: string): Promise<void> {
    await eventually(async () => {
      try {
        const { seq } = await this.#actor.posts(this.#conversationId, text, id);
        this.acked.set(seq, text);
      } catch (error) {
        this.refusals.push(error instanceof Refused ? error.problem.code : 'offline');
        throw error;
      }
    }, 30_000);
  }
}
