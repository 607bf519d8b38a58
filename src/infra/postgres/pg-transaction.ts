import type pg from 'pg';
import type { EventDeclaration, Payload } from '../../contracts/define.ts';
import type { DomainEvent } from '../../kernel/bus/bus.ts';
import { newId } from '../../kernel/ids.ts';
import type { Outbox, StagedEvents } from '../../kernel/outbox.ts';
import type { Row, Transaction } from '../../kernel/database.ts';
import { isConnectionFailure } from './failures.ts';

/** One transaction on one connection; useless once it has ended. */
export class PgTransaction implements Transaction {
  readonly #client: pg.PoolClient;
  readonly #events: DomainEvent[] = [];
  #open = true;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async query<R extends Row = Row>(text: string, values?: readonly unknown[], name?: string): Promise<R[]> {
    this.#requireOpen();
    const { rows } = await this.#client.query<R>(statement(text, values, name));
    return rows;
  }

  publish<E extends EventDeclaration>(event: E, payload: Payload<E>): void {
    this.#requireOpen();
    this.#events.push({ id: newId(), event: event.name, payload });
  }

  /** Stores what was published, then commits; null when nothing was. */
  async commit(outbox: () => Outbox): Promise<StagedEvents | null> {
    const staged = this.#events.length > 0 ? outbox().stage(this.#events) : null;
    if (staged) await this.#client.query(staged.text, staged.values as unknown[]);
    this.#open = false;
    const { command } = await this.#client.query('COMMIT');
    // PostgreSQL answers a COMMIT of a failed transaction with a rollback and no error.
    if (command === 'ROLLBACK') throw new Error('The transaction had failed before its commit: an error inside it was swallowed.');
    return staged;
  }

  /** Whether the connection may serve again. */
  async rollback(reason: unknown): Promise<boolean> {
    this.#open = false;
    if (isConnectionFailure(reason)) return false;
    try {
      await this.#client.query('ROLLBACK');
      return true;
    } catch {
      return false;
    }
  }

  #requireOpen(): void {
    if (!this.#open) throw new Error('The transaction has ended.');
  }
}

/** A statement as the driver takes it. */
export const statement = (text: string, values?: readonly unknown[], name?: string): pg.QueryConfig => ({
  text,
  ...(values && { values: values as unknown[] }),
  ...(name !== undefined && { name }),
});
