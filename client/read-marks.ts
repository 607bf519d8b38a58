import { BackOff } from './back-off.ts';
import { asClientError } from './client-error.ts';
import type { Timers } from './timers.ts';

export interface ReadMarkParts {
  readonly timers: Timers;
  readonly tell: (conversationId: string, seq: number) => Promise<unknown>;
}

const soonMs = 300;
const range = { firstMs: 500, atMostMs: 10_000 };

/** Read marks on their way to the server: the furthest of each conversation, a moment after it was set. */
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
    this.#tellIn(soonMs);
  }

  /** The connection is back. */
  resume(): void {
    this.pause();
    if (this.#due.size > 0) this.#tellIn(soonMs);
  }

  pause(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  clear(): void {
    this.pause();
    this.#due.clear();
  }

  #tellIn(ms: number): void {
    this.#cancel ??= this.#parts.timers.after(ms, () => {
      this.#cancel = null;
      for (const [id, seq] of this.#due) this.#tell(id, seq);
    });
  }

  #tell(id: string, seq: number): void {
    this.#parts.tell(id, seq).then(
      () => {
        this.#backOff.reset();
        this.#done(id, seq);
      },
      (error: unknown) => {
        const { code, retryAfter, problem } = asClientError(error);
        const mayPass = problem === null || problem.status >= 500 || code === 'rate_limited' || code === 'unauthenticated';
        if (!mayPass) this.#done(id, seq);
        else if (code !== 'offline') this.#tellIn(this.#backOff.next(retryAfter));
      },
    );
  }

  #done(id: string, seq: number): void {
    if (this.#due.get(id) === seq) this.#due.delete(id);
  }
}
