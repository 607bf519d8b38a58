import { AppError } from '../kernel/errors.ts';

/** Bytes that may wait for one person to read them, over all their connections and answers. */
export const backlogAtMost = 8 * 1_048_576;

/** Bytes that wait for this person in one part of the gateway. */
type WaitingOf = (userId: string) => number;

/** Counts the bytes that wait for each person, over all transports. Calls of somebody who does not read their answers are refused before they run. */
export class Backlog {
  readonly #parts: WaitingOf[] = [];

  add(part: WaitingOf): void {
    this.#parts.push(part);
  }

  /** Throws `rate_limited` when too much waits for this person. */
  check(userId: string): void {
    let sum = 0;
    for (const waitingOf of this.#parts) sum += waitingOf(userId);
    if (sum > backlogAtMost) throw new AppError('rate_limited', { detail: 'Read the answers that wait for you first.', retryAfter: 5 });
  }
}
