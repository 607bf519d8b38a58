import type { ChannelModel, ConfirmChannel, Message } from 'amqplib';
import { systemClock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Counter, Metrics } from '../../kernel/telemetry/metrics.ts';
import type { MessageAuth } from '../cluster/auth/message-auth.ts';
import type { DomainEvent } from '../../kernel/bus/bus.ts';
import { openConfirmChannel } from './channels.ts';
import { cutOff, type RabbitServer, type ConnectionListener } from './rabbit-server.ts';

/** The subscriber of an event; names one queue. */
export interface QueueBinding {
  readonly event: string;
  readonly subscriber: string;
}

interface PendingPublish {
  readonly event: DomainEvent;
  readonly subscribers: readonly string[];
  readonly attempts: number;
  readonly giveUpAt: number;
  readonly resolve: (arrived: boolean) => void;
  readonly reject: (error: Error) => void;
}

interface EventPublisherOptions {
  readonly server: RabbitServer;
  readonly auth: MessageAuth;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Every queue there has to be, of this process or another, whether or not that runs. */
  readonly bindings: () => Iterable<QueueBinding>;
}

/** Below the lease of an outbox row: an event that cannot be published for so long is left to the outbox. */
const heldForMs = 20_000;
const heldAtMost = 5_000;
const sweepEveryMs = 1_000;

/**
 * Puts events into the durable queues of subscribers elsewhere. An event is delivered when the server has confirmed it; until then it is held
 * for a moment, within bounds, and published again on the next connection.
 */
export class EventPublisher implements ConnectionListener {
  readonly #options: EventPublisherOptions;
  readonly #outcomes: Counter;
  readonly #pending = new Map<string, PendingPublish>();
  #channel: ConfirmChannel | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;
  #lastId = 0;

  constructor(options: EventPublisherOptions) {
    this.#options = options;
    this.#outcomes = options.metrics.counter('confab_rabbit_facts_total', 'Events for queues: confirmed, refused', ['outcome']);
    options.metrics.gauge('confab_rabbit_facts_unconfirmed', 'Events that RabbitMQ has not confirmed yet', () => this.#pending.size);
    options.server.add(this);
  }

  /** Resolves when the queues of all `subscribers` have the event: false where one of them is not there. */
  send(event: DomainEvent, subscribers: readonly string[], attempts = 0): Promise<boolean> {
    if (this.#isStopped || this.#pending.size >= heldAtMost) return Promise.reject(cutOff());
    this.#timer ??= setInterval(this.#sweep, sweepEveryMs).unref();
    return new Promise((resolve, reject) => {
      const id = String(++this.#lastId);
      const pending: PendingPublish = { event, subscribers, attempts, giveUpAt: systemClock.monotonic() + heldForMs, resolve, reject };
      this.#pending.set(id, pending);
      this.#publish(id, pending);
    });
  }

  async connected(connection: ChannelModel): Promise<void> {
    const channel = await openConfirmChannel(connection);
    channel.on('return', (message) => {
      this.#returned(message, channel);
    });
    await this.#declare(channel);
    this.#channel = channel;
    for (const [id, pending] of this.#pending) this.#publish(id, pending);
  }

  lost(): void {
    this.#channel = null;
  }

  /** What is not confirmed by now stays in the outbox. */
  stop(): void {
    this.#isStopped = true;
    if (this.#timer) clearInterval(this.#timer);
    for (const id of this.#pending.keys()) this.#giveUp(id);
  }

  async #declare(channel: ConfirmChannel): Promise<void> {
    const exchange = exchangeOf(this.#options.server);
    await channel.assertExchange(exchange, 'topic', { durable: true });
    for (const address of this.#options.bindings()) {
      const queue = queueOf(this.#options.server, address);
      await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
      await channel.bindQueue(queue, exchange, keyOf(address));
    }
  }

  #publish(id: string, { event, subscribers, attempts }: PendingPublish): void {
    const [key = '', ...CC] = subscribers.map((subscriber) => keyOf({ event: event.event, subscriber }));
    try {
      this.#channel?.publish(
        exchangeOf(this.#options.server),
        key,
        this.#options.auth.sign('fact', event.event, JSON.stringify({ ...event, attempts })),
        {
          mandatory: true,
          persistent: true,
          messageId: event.id,
          correlationId: id,
          ...(CC.length > 0 ? { CC } : {}),
        },
        (error: unknown) => {
          // Of what a lost connection did not confirm nobody knows: it is published again on the next one.
          if (!error) this.#end(id, true);
        },
      );
    } catch {
      // The channel ended in this very turn.
    }
  }

  /** Comes before the confirmation. */
  #returned(message: Message, channel: ConfirmChannel): void {
    this.#options.logger.warn('a queue of events does not exist; it is declared again', {
      event: 'rabbit.queue_missing',
      key: message.fields.routingKey,
    });
    this.#end(String(message.properties.correlationId), false);
    this.#declare(channel).catch(() => undefined);
  }

  #end(id: string, arrived: boolean): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#pending.delete(id);
    this.#outcomes.add({ outcome: arrived ? 'confirmed' : 'refused' });
    pending.resolve(arrived);
  }

  readonly #sweep = (): void => {
    const now = systemClock.monotonic();
    for (const [id, { giveUpAt }] of this.#pending) if (giveUpAt <= now) this.#giveUp(id);
  };

  #giveUp(id: string): void {
    this.#pending.get(id)?.reject(cutOff());
    this.#pending.delete(id);
  }
}

/** Exchanges, queues and metrics say `facts` for events: queues outlive processes, and versions N and N+1 run together. */
export const exchangeOf = ({ prefix }: RabbitServer): string => `${prefix}facts`;
export const keyOf = ({ event, subscriber }: QueueBinding): string => `${event}.${subscriber}`;
export const queueOf = ({ prefix }: RabbitServer, address: QueueBinding): string => `${prefix}facts.${keyOf(address)}`;
