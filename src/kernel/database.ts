import type { EventDeclaration, Payload } from '../contracts/define.ts';

export type Row = Record<string, unknown>;

export interface Queryable {
  /** Runs one statement. `name` prepares it once per connection. Rows come with int8 as number and timestamps as ISO strings. */
  query<R extends Row = Row>(text: string, values?: readonly unknown[], name?: string): Promise<R[]>;
}

export interface Transaction extends Queryable {
  /** Adds an event to the outbox of this transaction: delivered after the commit, never without it. */
  publish<E extends EventDeclaration>(event: E, payload: Payload<E>): void;
}

/** PostgreSQL, pooled. A lost connection or an unreachable server is `unavailable`; constraint errors pass as they are. */
export interface Database extends Queryable {
  /**
   * Runs `work` in one READ COMMITTED transaction; rolls back when it throws. Deadlocks and serialisation failures are
   * tried again up to three times, so `work` may run more than once. Resolves once live subscribers have received what was published.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}
