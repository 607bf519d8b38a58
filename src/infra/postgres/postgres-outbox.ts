import { z } from 'zod';
import { event } from '../../contracts/define.ts';
import { type Bus, type DomainEvent, onEvent } from '../../kernel/bus/bus.ts';
import type { DeliveryStore } from '../../kernel/bus/delivery-store.ts';
import type { Queryable } from '../../kernel/database.ts';
import { newId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Expander, Outbox, StagedEvents } from '../../kernel/outbox.ts';

interface PostgresOutboxOptions {
  readonly database: Queryable;
  readonly bus: Bus;
  readonly deliveries: DeliveryStore;
  readonly logger: Logger;
  /** A process that only writes (a command line) leaves its rows to the server's relay. */
  readonly relays: boolean;
}

interface OutboxRow extends Record<string, unknown> {
  id: string;
  source: string | null;
  body: unknown;
  attempts: number;
}

/** How long a row is the business of the node that wrote it; after a crash another takes it over. */
const leaseSeconds = 30;
const relayEveryMs = 1_000;
const rowsPerRelay = 200;
const attemptsAtMost = 8;
const deleteEveryMs = 25;
const graveKeeper = 'kernel.outbox';

const stageText = (claim: string): string =>
  `INSERT INTO kernel.outbox (id, source, body, claimed_until) VALUES ($1, $2, $3::jsonb, ${claim})`;
const ownText = stageText(`now() + interval '${String(leaseSeconds)} seconds'`);
const othersText = stageText('NULL');

/** The outbox in PostgreSQL: rows are written by the transactions they belong to, delivered at once, deleted in batches. */
export class PostgresOutbox implements Outbox {
  readonly #options: PostgresOutboxOptions;
  readonly #expanders = new Map<string, Expander>();
  #underWay = 0;
  #whenIdle: (() => void)[] = [];
  #delivered: string[] = [];
  #deleting: Promise<void> | null = null;
  #deleteTimer: NodeJS.Timeout | null = null;
  #relayTimer: NodeJS.Timeout | null = null;
  #relaying: Promise<void> | null = null;

  constructor(options: PostgresOutboxOptions) {
    this.#options = options;
  }

  get relays(): boolean {
    return this.#options.relays;
  }

  async deliver(events: readonly DomainEvent[]): Promise<void> {
    const delivered = this.#options.bus.deliver(events);
    this.#track(delivered.catch(() => undefined));
    await delivered;
  }

  stage(events: readonly DomainEvent[]): StagedEvents {
    return this.#staged(null, events, events);
  }

  stageReference(source: string, body: unknown, events: readonly DomainEvent[]): StagedEvents {
    return this.#staged(source, body, events);
  }

  expand(source: string, expander: Expander): void {
    this.#expanders.set(source, expander);
    if (!this.#options.relays) return;
    // A row that died is a dead letter to the outbox itself: revived, it is expanded and delivered again.
    const { bus } = this.#options;
    const row = event({ name: source, summary: 'A row of the outbox that could not be expanded', delivery: 'event', payload: z.unknown() });
    bus.subscribe(onEvent(row, graveKeeper, async ({ payload }) => bus.deliver(await expander(payload))));
  }

  committed({ id, events }: StagedEvents): void {
    if (!this.#options.relays) return;
    this.#track(this.#deliverRow(id, events));
  }

  async drained(): Promise<void> {
    if (this.#underWay > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    await this.#deleteDelivered();
  }

  async start(): Promise<void> {
    if (!this.#options.relays) return;
    this.#relayTimer = setInterval(() => {
      this.#relaying ??= this.relay().finally(() => (this.#relaying = null));
    }, relayEveryMs);
    this.#relayTimer.unref();
    await Promise.resolve();
  }

  async stop(): Promise<void> {
    if (this.#relayTimer) clearInterval(this.#relayTimer);
    await this.#relaying;
    await this.drained();
  }

  /**
   * Delivers rows that nobody else is busy with: left by a crash, or written by a process without a relay. A reference that
   * only another process expands is left to that one.
   */
  async relay(): Promise<void> {
    const { database, logger } = this.#options;
    try {
      const rows = await database.query<OutboxRow>(
        `UPDATE kernel.outbox SET attempts = attempts + 1, claimed_until = now() + interval '${String(leaseSeconds)} seconds'
         WHERE id IN (SELECT id FROM kernel.outbox WHERE (claimed_until IS NULL OR claimed_until < now())
                        AND (source IS NULL OR source = ANY($1))
                      ORDER BY id LIMIT ${String(rowsPerRelay)} FOR UPDATE SKIP LOCKED)
         RETURNING id, source, body, attempts`,
        [[...this.#expanders.keys()]],
        'kernel.claimOutbox',
      );
      for (const row of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) await this.#relayRow(row);
    } catch (error) {
      logger.warn('the outbox could not be read; it is tried again', { event: 'outbox.read_failed', error: String(error) });
    }
  }

  async #relayRow(row: OutboxRow): Promise<void> {
    try {
      const events = row.source === null ? (row.body as DomainEvent[]) : await this.#expanded(row.source, row.body);
      // Not waited for: a subscriber that hangs holds up no other row.
      this.#track(this.#deliverRow(row.id, events));
    } catch (error) {
      this.#options.logger.error('an outbox row could not be delivered', {
        event: 'outbox.row_failed',
        row: row.id,
        source: row.source,
        attempts: row.attempts,
        error: String(error),
      });
      if (row.attempts < attemptsAtMost) return;
      const undelivered: DomainEvent = { id: row.id, event: row.source ?? graveKeeper, payload: row.body as DomainEvent['payload'] };
      await this.#options.deliveries.keep(undelivered, graveKeeper, row.attempts, String(error), null);
      this.#delivered.push(row.id);
      this.#scheduleDelete();
    }
  }

  #expanded(source: string, body: unknown): Promise<readonly DomainEvent[]> {
    const expander = this.#expanders.get(source);
    if (!expander) throw new Error(`nobody expands ${source}`);
    return expander(body);
  }

  #staged(source: string | null, body: unknown, events: readonly DomainEvent[]): StagedEvents {
    const id = newId();
    return { id, events, text: this.#options.relays ? ownText : othersText, values: [id, source, JSON.stringify(body)] };
  }

  /** Never throws: a row whose delivery cannot be stored stays, and the relay takes it up when its lease ends. */
  async #deliverRow(id: string, events: readonly DomainEvent[]): Promise<void> {
    try {
      await this.#options.bus.deliver(events);
      this.#delivered.push(id);
      this.#scheduleDelete();
    } catch (error) {
      this.#options.logger.warn('events wait in the outbox', { event: 'outbox.waits', row: id, error: String(error) });
    }
  }

  /** `work` never rejects. */
  #track(work: Promise<void>): void {
    this.#underWay++;
    void work.then(this.#ended);
  }

  readonly #ended = (): void => {
    if (--this.#underWay > 0) return;
    const waiting = this.#whenIdle;
    this.#whenIdle = [];
    for (const resolve of waiting) resolve();
  };

  #scheduleDelete(): void {
    this.#deleteTimer ??= setTimeout(() => {
      this.#deleteTimer = null;
      void this.#deleteDelivered();
    }, deleteEveryMs);
  }

  async #deleteDelivered(): Promise<void> {
    while (this.#deleting) await this.#deleting;
    if (this.#deleteTimer) clearTimeout(this.#deleteTimer);
    this.#deleteTimer = null;
    if (this.#delivered.length === 0) return;
    const ids = this.#delivered;
    this.#delivered = [];
    this.#deleting = this.#delete(ids).finally(() => (this.#deleting = null));
    await this.#deleting;
  }

  async #delete(ids: readonly string[]): Promise<void> {
    try {
      await this.#options.database.query('DELETE FROM kernel.outbox WHERE id = ANY($1::uuid[])', [ids], 'kernel.deleteOutbox');
    } catch (error) {
      // They are delivered again when their lease ends; consumers dedupe.
      this.#options.logger.warn('delivered rows could not be deleted', {
        event: 'outbox.delete_failed',
        rows: ids.length,
        error: String(error),
      });
    }
  }
}
