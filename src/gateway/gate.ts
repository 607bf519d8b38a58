import type { Operation } from '../contracts/define.ts';
import { AppError } from '../kernel/errors.ts';

/** Budgets of operations that change nothing which is kept. */
const harmless: ReadonlySet<string> = new Set(['read', 'search', 'signal']);

/** Whether changes are let in: closed for a moment while the team's database moves, reading goes on. */
export class Gate {
  #isClosed = false;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
  }

  open(): void {
    this.#isClosed = false;
  }

  check({ limit }: Operation): void {
    if (!this.#isClosed || harmless.has(limit)) return;
    throw new AppError('unavailable', { detail: 'The team is moving to another database: try again in a moment.', retryAfter: 1 });
  }
}
