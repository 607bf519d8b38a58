import { BackOff } from './back-off.ts';
import { asClientError } from './client-error.ts';
import type { Timers } from './timers.ts';

export interface ReadMarkParts {
  readonly timers: Timers;
  readonly send: (conversationId: string, seq: number) => Promise<unknown>;
}

const soonMs = 300;
const range = { firstMs: 500, atMostMs: 10_000 };

/** Sends read marks: of each conversation the highest `seq` only, a moment after it was set, and again after a failure that may pass. */
export class ReadMarks {
  readonly #parts: ReadMarkParts;
  readonly #backOff: BackOff;
  readonly #due = new Map<string, number>();
  #cancel: (() => void) | null = null;

  constructor(parts: ReadMarkParts) {
    this.#parts = parts;
    this.#backOff = new BackOff(range, parts.timers);
  }

  set(conversationId: string, seq: number): void {
    if ((this.#due.get(conversationId) ?? 0) >= seq) return;
    this.#due.set(conversationId, seq);
    this.#sendIn(soonMs);
  }

  /** The connection is back. */
  resume(): void {
    this.pause();
    if (this.#due.size > 0) this.#sendIn(soonMs);
  }

  pause(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  clear(): void {
    this.pause();
    this.#due.clear();
  }

  #sendIn(ms: number): void {
    this.#cancel ??= this.#parts.timers.after(ms, () => {
      this.#cancel = null;
      for (const [id, seq] of this.#due) this.#send(id, seq);
    });
  }

  #send(id: string, seq: number): void {
    this.#parts.send(id, seq).then(
      () => {
        this.#backOff.reset();
        this.#done(id, seq);
      },
      (error: unknown) => {
        const { code, retryAfter, problem } = asClientError(error);
        const mayPass = problem === null || problem.status >= 500 || code === 'rate_limited' || code === 'unauthenticated';
        if (!mayPass) this.#done(id, seq);
        else if (code !== 'offline') this.#sendIn(this.#backOff.next(retryAfter));
      },
    );
  }

  #done(id: string, seq: number): void {
    if (this.#due.get(id) === seq) this.#due.delete(id);
  }
}
