import type { sync } from '../src/contracts/chat/operations.ts';
import type { Output } from '../src/contracts/define.ts';
import { BackOff } from './back-off.ts';
import { asClientError } from './client-error.ts';
import type { Timers } from './timers.ts';

export type SyncAnswer = Output<typeof sync>;

export interface CatchUpParts {
  readonly timers: Timers;
  readonly ask: (revs: Readonly<Record<string, number>>) => Promise<SyncAnswer>;
  /** How far each conversation is known. */
  readonly revs: () => Readonly<Record<string, number>>;
  /** Applies an answer; whether there is more to ask for. */
  readonly take: (answer: SyncAnswer) => boolean;
}

/** Gaps often close by themselves, when events merely overtook each other. */
const graceMs = 100;
const range = { firstMs: 500, atMostMs: 10_000 };

/** Asks `sync` for all conversations at once, page after page, one call at a time. */
export class CatchUp {
  readonly #parts: CatchUpParts;
  readonly #backOff: BackOff;
  #running: Promise<void> | null = null;
  #isWantedAgain = false;
  #cancelSoon: (() => void) | null = null;

  constructor(parts: CatchUpParts) {
    this.#parts = parts;
    this.#backOff = new BackOff(range, parts.timers);
  }

  /** Settles when everything that was missed at the time of the call is applied. */
  run(): Promise<void> {
    this.#isWantedAgain = true;
    return (this.#running ??= this.#pages().finally(() => {
      this.#running = null;
    }));
  }

  /** A gap was seen: ask shortly, and again until it is closed or the connection is lost. */
  soon(afterMs = graceMs): void {
    this.#cancelSoon ??= this.#parts.timers.after(afterMs, () => {
      this.#cancelSoon = null;
      this.run().then(
        () => {
          this.#backOff.reset();
        },
        (error: unknown) => {
          const { code, retryAfter } = asClientError(error);
          // Each connection begins with a catch-up of its own.
          if (code !== 'offline') this.soon(this.#backOff.next(retryAfter));
        },
      );
    });
  }

  /** Forgets the gap that was seen. */
  stop(): void {
    this.#cancelSoon?.();
    this.#cancelSoon = null;
  }

  async #pages(): Promise<void> {
    let hasMore = false;
    while (this.#isWantedAgain || hasMore) {
      this.#isWantedAgain = false;
      hasMore = this.#parts.take(await this.#parts.ask(this.#parts.revs()));
    }
  }
}
