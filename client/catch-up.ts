import { BackOff } from './back-off.ts';
import { asClientError, offline } from './client-error.ts';
import { type SyncAnswer, type SyncQuestion, SyncWalk } from './sync-walk.ts';
import type { Timers } from './timers.ts';

export type { SyncAnswer } from './sync-walk.ts';

export interface CatchUpParts {
  readonly timers: Timers;
  readonly bySocket: (question: SyncQuestion) => Promise<SyncAnswer>;
  readonly byHttp: (question: SyncQuestion) => Promise<SyncAnswer>;
  readonly isConnected: () => boolean;
  readonly knownIds: () => readonly string[];
  /** How far these conversations are known; those that are not known any more are left out. */
  readonly revs: (ids: readonly string[]) => Readonly<Record<string, number>>;
  readonly take: (answer: SyncAnswer) => void;
  /** Every conversation was covered. */
  readonly completed: () => void;
}

/** Gaps often close by themselves, when events merely overtook each other. */
const graceMs = 100;
const range = { firstMs: 500, atMostMs: 10_000 };
/** Page sizes in bytes: each failure takes the next one; the first is the default of the server. */
const pageSizes: readonly (number | undefined)[] = [undefined, 65_536, 16_384];

interface Wanted {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Asks `sync` for all conversations, page after page, one call at a time; by HTTP as long as no socket is open. What a page brought is kept, so that after a cut the next try
 * goes on from there, by HTTP and in smaller pages: a line that is too slow for a socket's answer gets through all the same.
 */
export class CatchUp {
  readonly #parts: CatchUpParts;
  readonly #backOff: BackOff;
  #isRunning = false;
  /** Grows when the answers of running calls are no longer wanted. */
  #turn = 0;
  #wanted: Wanted | null = null;
  #cancelSoon: (() => void) | null = null;
  /** Failed calls since the last complete catch-up. */
  #losses = 0;

  constructor(parts: CatchUpParts) {
    this.#parts = parts;
    this.#backOff = new BackOff(range, parts.timers);
  }

  /** Settles when the first page is applied of what was missed at the time of the call; the others follow. */
  run(): Promise<void> {
    this.#wanted ??= wanted();
    const { promise } = this.#wanted;
    if (!this.#isRunning) this.#walks().catch(() => undefined);
    return promise;
  }

  /** Call it when a gap was seen: syncs soon, and again until the gap is closed or the connection is lost. */
  soon(afterMs = graceMs): void {
    this.#cancelSoon ??= this.#parts.timers.after(afterMs, () => {
      this.#cancelSoon = null;
      this.run().catch(() => undefined);
    });
  }

  /** Forgets the gap that was seen, and drops the answers of running calls. */
  stop(): void {
    this.#turn++;
    this.#isRunning = false;
    this.#wanted?.reject(offline('The client stopped.'));
    this.#wanted = null;
    this.#cancelSoon?.();
    this.#cancelSoon = null;
  }

  async #walks(): Promise<void> {
    const turn = this.#turn;
    this.#isRunning = true;
    for (let next = this.#wanted; next; next = this.#wanted) {
      this.#wanted = null;
      try {
        await this.#walk(next, turn);
        this.#backOff.reset();
      } catch (error) {
        next.reject(error);
        if (turn !== this.#turn) return;
        this.#failed(error);
      }
    }
    this.#isRunning = false;
  }

  async #walk(usable: Wanted, turn: number): Promise<void> {
    const walk = new SyncWalk(this.#parts.knownIds());
    const isEarly = !this.#parts.isConnected();
    for (let next = walk.next(); next; next = walk.next()) {
      const answer = await this.#ask({ ...next.question, revs: this.#parts.revs(next.ids) });
      if (turn !== this.#turn) throw offline('The client stopped.');
      this.#parts.take(answer);
      walk.took(answer);
      usable.resolve();
      // The socket is open: its own walk brings the rest, and what changed since.
      if (isEarly && this.#wanted) return;
    }
    this.#losses = 0;
    this.#parts.completed();
  }

  async #ask(question: SyncQuestion): Promise<SyncAnswer> {
    const { bySocket, byHttp } = this.#parts;
    const isConnected = this.#parts.isConnected();
    // Small before the socket is open, which is not to wait behind a large page on a slow line.
    const maxBytes = pageSizes[Math.min(Math.max(this.#losses, isConnected ? 0 : 1), pageSizes.length - 1)];
    try {
      if (maxBytes === undefined) return await bySocket(question);
      return await byHttp({ ...question, maxBytes });
    } catch (error) {
      const { code } = asClientError(error);
      if (isConnected && (code === 'offline' || code === 'deadline_exceeded')) this.#losses++;
      throw error;
    }
  }

  /** Each connection begins with a catch-up of its own; on one that stands it is tried again. */
  #failed(error: unknown): void {
    // A retry that was planned later may belong to another connection.
    if (this.#wanted) return;
    const { code, retryAfter } = asClientError(error);
    if (code !== 'offline' || this.#parts.isConnected()) this.soon(this.#backOff.next(retryAfter));
  }
}

function wanted(): Wanted {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // The caller may no longer await it when it fails.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
