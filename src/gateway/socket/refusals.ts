import type { LimitName } from '../../contracts/define.ts';
import type { SocketConnection } from './socket-connection.ts';

/** Why a command is refused: a budget that is spent, or too many commands without an answer. */
export type RefusedFor = LimitName | 'inFlight';

interface Kept {
  readonly ack: string;
  readonly until: number;
}

const longestMs = 1_000;

/**
 * The last refusals of each connection, as the text of their ack. While one is kept, a further command of the same budget costs a look-up:
 * no parsing, no request id, no question to the store of budgets.
 */
export class Refusals {
  readonly #byConnection = new WeakMap<SocketConnection, Map<RefusedFor, Kept>>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  of(connection: SocketConnection, reason: RefusedFor): string | null {
    const kept = this.#byConnection.get(connection)?.get(reason);
    return kept && kept.until > this.#now() ? kept.ack : null;
  }

  /** Kept for a second, or for as long as the refusal holds where that is shorter. */
  keep(connection: SocketConnection, reason: RefusedFor, { ack, retryAfterMs }: { ack: string; retryAfterMs: number }): void {
    const kept = this.#byConnection.get(connection) ?? new Map<RefusedFor, Kept>();
    this.#byConnection.set(connection, kept);
    kept.set(reason, { ack, until: this.#now() + Math.min(longestMs, retryAfterMs) });
  }
}
