import type { EventDeclaration, Operation, Output, Payload, RawInput } from '../../contracts/define.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, errorTrace } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import { eventsMayBeLost } from '../../contracts/nodes/nodes.ts';
import type { ClusterTransport, NodeInfo } from '../../kernel/bus/cluster-transport.ts';
import type { Bus, DomainEvent, Implementation, Subscription } from '../../kernel/bus/bus.ts';
import { Deadlines } from '../../kernel/bus/deadlines.ts';
import type { Delivery, DeliveryStore } from '../../kernel/bus/delivery-store.ts';
import { checkedOutput, checkedPayload, copied } from '../../kernel/bus/strict.ts';
import { parsedInput } from '../../kernel/bus/validation.ts';
import { untilIdle } from '../../kernel/sleep.ts';

interface MemoryBusOptions {
  readonly deliveries: DeliveryStore;
  readonly logger: Logger;
  /** Copies every value through JSON and checks answers and payloads too, as a bus between processes would. */
  readonly strict?: boolean;
  /** Carries events to the live subscribers of other nodes. */
  readonly cluster?: ClusterTransport | null;
  /** Hands a delivery that is due to a subscriber in another process; false when there is none by this name. */
  readonly deliverElsewhere?: (delivery: Delivery) => Promise<boolean>;
}

const attemptsAtMost = 8;
/** Below the lease of an outbox row, so that no relay takes over an event that is still being handled. */
const durableDeadlineMs = 20_000;
const retryEveryMs = 1_000;
const leaseMs = 60_000;
const stopWaitMs = 4_000;

/** The bus of one process, with the semantics of one between processes: validated, deadlined, retried, dead-lettered. */
export class MemoryBus implements Bus {
  readonly #deliveries: DeliveryStore;
  readonly #logger: Logger;
  readonly #strict: boolean;
  readonly #cluster: ClusterTransport | null;
  readonly #deliverElsewhere: (delivery: Delivery) => Promise<boolean>;
  readonly #handlers = new Map<string, Implementation>();
  readonly #live = new Map<string, Subscription[]>();
  readonly #durable = new Map<string, Subscription[]>();
  readonly #events = new Map<string, EventDeclaration>();
  readonly #deadlines = new Deadlines();
  #retryTimer: NodeJS.Timeout | null = null;
  #retrying: Promise<void> | null = null;
  #isStopped = false;
  #underWay = 0;

  constructor({ deliveries, logger, strict = false, cluster = null, deliverElsewhere }: MemoryBusOptions) {
    this.#deliveries = deliveries;
    this.#logger = logger;
    this.#strict = strict;
    this.#cluster = cluster;
    this.#deliverElsewhere = deliverElsewhere ?? (() => Promise.resolve(false));
  }

  serve(implementation: Implementation): void {
    const { name } = implementation.operation;
    if (this.#handlers.has(name)) throw new Error(`${name} has two handlers`);
    this.#handlers.set(name, implementation);
  }

  subscribe(subscription: Subscription): void {
    const kind = subscription.mode === 'live' ? this.#live : this.#durable;
    const others = kind.get(subscription.event.name) ?? [];
    if (others.some((other) => other.subscriber === subscription.subscriber)) {
      throw new Error(`${subscription.subscriber} subscribes to ${subscription.event.name} twice`);
    }
    kind.set(subscription.event.name, [...others, subscription]);
    this.#events.set(subscription.event.name, subscription.event);
  }

  serves(operation: Operation): boolean {
    return this.#handlers.has(operation.name);
  }

  nodes(): readonly NodeInfo[] {
    return this.#cluster?.nodes() ?? [];
  }

  call<O extends Operation>(operation: O, input: RawInput<O>, context: Context): Promise<Output<O>> {
    try {
      return this.#call(operation, input, context) as Promise<Output<O>>;
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  signal<E extends EventDeclaration>(event: E, payload: Payload<E>): void {
    if (this.#isStopped) return;
    const domainEvent: DomainEvent = { id: newId(), event: event.name, payload };
    const checked = this.#strict ? this.#checked(domainEvent) : { event: domainEvent };
    if ('fault' in checked) return;
    // A local-only event stays with a subscriber of this process.
    if (!event.localOnly || !this.#live.has(event.name)) this.#cluster?.publish([checked.event]);
    setImmediate(() => {
      this.#deliverLive(checked.event);
    });
  }

  deliver(events: readonly DomainEvent[]): Promise<void> {
    const taken: Promise<boolean>[] = [];
    for (const event of events) {
      const checked = this.#strict ? this.#checked(event) : { event };
      if ('event' in checked) this.#deliverLive(checked.event);
      const subscriptions = this.#durable.get(event.event);
      if (!subscriptions) continue;
      for (const subscription of subscriptions) {
        taken.push(
          'event' in checked ? this.#deliverDurable(checked.event, subscription, 0) : this.#deadLetter(event, subscription, checked.fault),
        );
      }
    }
    this.#cluster?.publish(events);
    return taken.length === 0 ? Promise.resolve() : Promise.all(taken).then(() => undefined);
  }

  start(): Promise<void> {
    this.#isStopped = false;
    this.#retryTimer = setInterval(() => {
      this.#retrying ??= this.retryDue().finally(() => (this.#retrying = null));
    }, retryEveryMs);
    this.#retryTimer.unref();
    this.#cluster?.open({
      received: (events) => {
        for (const event of events) {
          const checked = this.#live.has(event.event) && this.#strict ? this.#checked(event) : { event };
          if ('event' in checked) this.#deliverLive(checked.event);
        }
      },
      eventsMayBeLost: (over) => {
        this.#deliverLive({ id: newId(), event: eventsMayBeLost.name, payload: { over } });
      },
    });
    return Promise.resolve();
  }

  stopReceiving(): Promise<void> {
    return Promise.resolve();
  }

  async idle(withinMs: number): Promise<void> {
    await untilIdle(() => this.#underWay === 0, systemClock.monotonic() + withinMs);
  }

  async stop(): Promise<void> {
    if (this.#retryTimer) clearInterval(this.#retryTimer);
    this.#isStopped = true;
    this.#cluster?.close();
    await this.idle(stopWaitMs);
    // Calls that still wait are refused; a subscriber that hangs gets its event again after the restart.
    this.#deadlines.stop();
    await this.#retrying;
  }

  /** Hands deliveries that are due to their subscribers again. */
  async retryDue(): Promise<void> {
    try {
      const due = await this.#deliveries.claimDue(50, leaseMs);
      await Promise.all(
        due.map(async (delivery) => {
          const { event, subscriber, attempts } = delivery;
          const isHere = this.#subscriptionOf(event, subscriber) !== undefined;
          if (await (isHere ? this.deliverTo(event, subscriber, attempts) : this.#deliverElsewhere(delivery)))
            await this.#deliveries.done(delivery);
          else if (!isHere) await this.#deliveries.keep(event, subscriber, attempts, 'no subscriber has this name any more', null);
        }),
      );
    } catch (error) {
      this.#logger.warn('deliveries could not be retried; they wait', { event: 'delivery.retry_failed', error: String(error) });
    }
  }

  /** Delivers one event to one subscriber: true when it is taken, false when it is kept for a retry; rejects when it can be neither. */
  deliverTo(event: DomainEvent, subscriber: string, attempts: number): Promise<boolean> {
    const subscription = this.#subscriptionOf(event, subscriber);
    if (!subscription) return Promise.reject(new Error(`${subscriber} does not subscribe to ${event.event} here`));
    const checked = this.#strict ? this.#checked(event) : { event };
    return 'event' in checked
      ? this.#deliverDurable(checked.event, subscription, attempts)
      : this.#deadLetter(event, subscription, checked.fault);
  }

  /** Events with a live subscriber in this process. */
  liveEvents(): Iterable<string> {
    return this.#live.keys();
  }

  #subscriptionOf(event: DomainEvent, subscriber: string): Subscription | undefined {
    return this.#durable.get(event.event)?.find((candidate) => candidate.subscriber === subscriber);
  }

  #call(operation: Operation, input: unknown, context: Context): Promise<unknown> {
    if (this.#isStopped) throw new AppError('unavailable', { detail: 'The server is stopping.', retryAfter: 1 });
    const implementation = this.#handlers.get(operation.name);
    if (!implementation) throw new AppError('unavailable', { detail: `No process serves ${operation.name}.`, retryAfter: 5 });
    const given = this.#strict ? copied(input) : input;
    const parsed = parsedInput(operation, given);
    const work: unknown = this.#strict ? strictly(implementation, parsed, context) : implementation.handle(parsed as never, context);
    if (!(work instanceof Promise)) return Promise.resolve(work);
    this.#underWay++;
    return this.#deadlines.race(
      work,
      Math.min(context.deadline, systemClock.monotonic() + operation.deadlineMs),
      operation.name,
      this.#ended,
    );
  }

  readonly #ended = (): void => {
    this.#underWay--;
  };

  #deliverLive(event: DomainEvent): void {
    const subscriptions = this.#live.get(event.event);
    if (!subscriptions) return;
    for (const { handle, subscriber } of subscriptions) {
      try {
        const handled: unknown = handle(this.#strict ? copied(event) : event);
        if (handled instanceof Promise) handled.catch(this.#logFailure(event, subscriber));
      } catch (error) {
        this.#logFailure(event, subscriber)(error);
      }
    }
  }

  #logFailure(event: DomainEvent, subscriber: string): (error: unknown) => void {
    return (error) => {
      this.#logger.error('a live subscriber failed', {
        event: 'bus.live_subscriber_failed',
        domainEvent: event.event,
        subscriber,
        error: errorTrace(error),
      });
    };
  }

  /** True when taken; false when kept for a retry or as a dead letter. Rejects only when it cannot be kept. */
  async #deliverDurable(event: DomainEvent, subscription: Subscription, attempts: number): Promise<boolean> {
    const { subscriber } = subscription;
    this.#underWay++;
    try {
      await this.#deadlines.race(
        Promise.resolve(subscription.handle(this.#strict ? copied(event) : event)),
        systemClock.monotonic() + durableDeadlineMs,
        subscriber,
      );
      return true;
    } catch (error) {
      const tried = attempts + 1;
      const isDead = tried >= attemptsAtMost;
      const text = errorTrace(error);
      this.#logger[isDead ? 'error' : 'warn'](isDead ? 'a delivery is a dead letter now' : 'a delivery failed and is tried again', {
        event: isDead ? 'delivery.dead' : 'delivery.failed',
        domainEvent: event.event,
        subscriber,
        attempts: tried,
        error: text,
      });
      await this.#deliveries.keep(event, subscriber, tried, text.slice(0, 4000), isDead ? null : backOffMs(tried));
      return false;
    } finally {
      this.#underWay--;
    }
  }

  /** No retry makes a payload fit its declaration: it is a dead letter at once. */
  async #deadLetter(event: DomainEvent, { subscriber }: Subscription, fault: unknown): Promise<boolean> {
    await this.#deliveries.keep(event, subscriber, 1, errorTrace(fault).slice(0, 4000), null);
    return false;
  }

  #checked(event: DomainEvent): { event: DomainEvent } | { fault: unknown } {
    try {
      const declaration = this.#events.get(event.event);
      return { event: declaration ? { ...event, payload: checkedPayload(declaration, event.payload) } : copied(event) };
    } catch (fault) {
      this.#logger.error('an event breaks its declaration', {
        event: 'bus.payload_invalid',
        domainEvent: event.event,
        id: event.id,
        error: errorTrace(fault),
      });
      return { fault };
    }
  }
}

async function strictly(implementation: Implementation, input: unknown, context: Context): Promise<unknown> {
  return checkedOutput(implementation.operation, await implementation.handle(input as never, copied(context)));
}

/** 0.5 s, 1 s, 2 s … about a minute before the last try. */
const backOffMs = (attempts: number): number => 250 * 2 ** attempts;
