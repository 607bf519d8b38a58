import type { Message } from '../../../../../contracts/chat/messages.ts';
import type { DomainEvent } from '../../../../../kernel/bus/bus.ts';
import type { Clock } from '../../../../../kernel/clock.ts';
import { newId } from '../../../../../kernel/ids.ts';
import type { EventDelivery } from '../../../../../kernel/outbox.ts';
import type { Logger } from '../../../../../kernel/telemetry/logger.ts';
import { sleep } from '../../../../../kernel/sleep.ts';
import type { ChatEvent } from '../../../ports.ts';
import type { Collections } from './collections.ts';
import type { OutboxDocument, UnpublishedEvent } from './documents.ts';
import { messageOf } from './message-fields.ts';
import { Batcher } from './batcher.ts';

/** How long only the node that made a change publishes its events; after that another node does, for the first may have crashed. The clocks of nodes may differ by less. */
const leaseMs = 30_000;
/** How long it is remembered that a change was published: a late writer may settle it once more. */
const rememberedMs = 600_000;
const marksAfterMs = 25;
const rowsPerRelay = 200;
const deliveriesWaitMs = 1_000;

type Published = { readonly row: string } | { readonly memberId: string; readonly eventId: string };

export interface MongoOutboxParts {
  readonly collections: Collections;
  readonly delivery: EventDelivery;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly created: (message: Message) => DomainEvent;
}

/** The store's outbox: events are stored with the change that made them true, until the bus has delivered them. */
export class MongoOutbox {
  readonly #in: Collections;
  readonly #delivery: EventDelivery;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #created: (message: Message) => DomainEvent;
  readonly #marking: Batcher<Published>;
  readonly #delivering = new Set<Promise<void>>();
  #forgetsAt = 0;

  constructor({ collections, delivery, clock, logger, created }: MongoOutboxParts) {
    this.#in = collections;
    this.#delivery = delivery;
    this.#clock = clock;
    this.#logger = logger;
    this.#created = created;
    this.#marking = new Batcher(marksAfterMs, (published) => this.#mark(published));
  }

  /** The id and lease that a change gets. A process that only writes takes no lease, so that a relay publishes the events at once. */
  claim(): { id: string; claimedUntil: Date } {
    return { id: newId(), claimedUntil: new Date(this.#delivery.relays ? this.#clock.now() + leaseMs : 0) };
  }

  /** Live subscribers have been called when this returns. Never throws: what could not be delivered is delivered when its claim ends. */
  publish(rows: readonly string[], events: readonly DomainEvent[]): void {
    this.#publish(
      rows.map((row) => ({ row })),
      events,
    );
  }

  /** The same for new messages, which are stored already. */
  publishCreated(rows: readonly string[], messages: readonly Message[]): void {
    this.publish(rows, messages.map(this.#created));
  }

  /** The events of messages that are stored, in the order of their conversations. */
  async createdEvents(messageIds: readonly string[]): Promise<DomainEvent[]> {
    const found = await this.#in.messages.find(
      { _id: { $in: messageIds } },
      { project: { terms: 0 }, sort: { conversationId: 1, seq: 1 } },
    );
    return found.map((one) => this.#created(messageOf(one)));
  }

  /** The same for an event that lies in a member's document. */
  publishOwn(memberId: string, event: DomainEvent): void {
    this.#publish([{ memberId, eventId: event.id }], [event]);
  }

  /** Publishes events without a running lease: left by a crash, or by a process that only writes. */
  async relay(): Promise<void> {
    const now = this.#clock.now();
    await this.#moveOwn(now);
    const due = await this.#in.outbox.find({ claimedUntil: { $lte: new Date(now) } }, { sort: { _id: 1 }, limit: rowsPerRelay });
    const claims = await Promise.all(due.map((row) => this.#claim(row, now)));
    const claimed = due.filter((_, index) => claims[index]);
    const expanded = await Promise.all(claimed.map((row) => this.#eventsOf(row)));
    // Published one by one, in the order they were made, and not awaited: a subscriber that hangs delays no other.
    claimed.forEach(({ _id }, index) => this.publish([_id], expanded[index] ?? []));
    await this.#forgetPublished(now);
  }

  /** Marks what is published. A delivery that hangs does not delay the stop: its events are published again after the restart. */
  async stop(): Promise<void> {
    await Promise.race([Promise.all(this.#delivering), sleep(deliveriesWaitMs, { ref: false })]);
    await this.#marking.stop();
  }

  #publish(published: readonly Published[], events: readonly DomainEvent[]): void {
    if (!this.#delivery.relays) return;
    const delivering = this.#delivery.deliver(events).then(
      () => {
        for (const one of published) this.#marking.add(one);
      },
      (error: unknown) => {
        this.#logger.warn('events wait in the outbox of chat', { event: 'chat.outbox_waits', events: events.length, error: String(error) });
      },
    );
    this.#delivering.add(delivering);
    void delivering.finally(() => this.#delivering.delete(delivering));
  }

  #claim({ _id, claimedUntil }: OutboxDocument, now: number): Promise<boolean> {
    return this.#in.outbox.update({ _id, claimedUntil }, { $set: { claimedUntil: new Date(now + leaseMs) } });
  }

  async #eventsOf({ facts, messageIds = [] }: OutboxDocument): Promise<readonly DomainEvent[]> {
    if (facts !== undefined) return JSON.parse(facts) as DomainEvent[];
    return this.createdEvents(messageIds);
  }

  /** Moves events that a dead node left in documents of members into the outbox. */
  async #moveOwn(now: number): Promise<void> {
    const until = new Date(now);
    const left = await this.#in.members.find({ 'untold.claimedUntil': { $lte: until } }, { limit: rowsPerRelay });
    if (left.length === 0) return;
    const events = left.flatMap(({ _id, untold = [] }) =>
      untold.filter(({ claimedUntil }) => claimedUntil <= until).map((one) => ({ _id, one })),
    );
    await this.#in.outbox.addAll(events.map(({ one }) => ({ _id: one.id, facts: `[${one.fact}]`, claimedUntil: until })));
    await this.#in.members.write(events.map(({ _id, one }) => pull(_id, one.id)));
  }

  /** What cannot be marked now is published again when its claim ends; subscribers dedupe by its id. */
  async #mark(published: readonly Published[]): Promise<void> {
    const rows = published.flatMap((one) => ('row' in one ? [one.row] : []));
    const own = published.flatMap((one) => ('row' in one ? [] : [pull(one.memberId, one.eventId)]));
    try {
      const forgotten = { facts: 1, messageIds: 1, claimedUntil: 1 };
      const mark = { $set: { toldAt: new Date(this.#clock.now()) }, $unset: forgotten };
      await Promise.all([rows.length > 0 ? this.#in.outbox.updateAll({ _id: { $in: rows } }, mark) : null, this.#in.members.write(own)]);
    } catch (error) {
      this.#logger.warn('published events could not be marked', {
        event: 'chat.outbox_mark_failed',
        events: published.length,
        error: String(error),
      });
    }
  }

  async #forgetPublished(now: number): Promise<void> {
    if (now < this.#forgetsAt) return;
    this.#forgetsAt = now + rememberedMs / 10;
    await this.#in.outbox.remove({ toldAt: { $lte: new Date(now - rememberedMs) } });
  }
}

const pull = (memberId: string, eventId: string) => ({ update: { _id: memberId }, by: { $pull: { untold: { id: eventId } } } });

export const domainEventOf = ({ event, payload }: ChatEvent): DomainEvent => ({
  id: newId(),
  event: event.name,
  payload: payload as DomainEvent['payload'],
});

export const unpublished = ({ claimedUntil }: { claimedUntil: Date }, event: DomainEvent): UnpublishedEvent => ({
  id: event.id,
  fact: JSON.stringify(event),
  claimedUntil,
});
