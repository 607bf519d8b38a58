import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { z } from 'zod';
import { isAppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { MessageAuth } from '../cluster/auth/message-auth.ts';
import type { DomainEvent } from '../../kernel/bus/bus.ts';
import type { DeliveryStore } from '../../kernel/bus/delivery-store.ts';
import { sleep } from '../../kernel/sleep.ts';
import { openChannel } from './channels.ts';
import { type QueueBinding, queueOf } from './event-publisher.ts';
import type { RabbitServer, ConnectionListener } from './rabbit-server.ts';

interface EventConsumersOptions {
  readonly server: RabbitServer;
  readonly auth: MessageAuth;
  readonly deliveries: DeliveryStore;
  readonly logger: Logger;
  /** The subscribers of this process. */
  readonly bindings: () => Iterable<QueueBinding>;
  /** Hands an event to its subscriber; settles when it is taken or kept for a retry, rejects when it can be neither. */
  readonly take: (event: DomainEvent, subscriber: string, attempts: number) => Promise<unknown>;
}

interface Consumer {
  readonly channel: Channel;
  readonly consumerTag: string;
}

interface ConsumerChannel {
  readonly channel: Channel;
  readonly connection: ChannelModel;
}

const prefetch = 100;
/** An event that came back so often ended its process each time. */
const redeliveriesAtMost = 8;
const againAfterMs = 1_000;
const lateMs = 10_000;

/** Empties the queues of this process's subscribers: acknowledged when the effect is there, or kept for a retry where admins see it. */
export class EventConsumers implements ConnectionListener {
  readonly #options: EventConsumersOptions;
  readonly #consumers: Consumer[] = [];
  #connection: ChannelModel | null = null;

  constructor(options: EventConsumersOptions) {
    this.#options = options;
    options.server.add(this);
  }

  /** Not waited for: a queue that has lost its leader answers late, and is to hold up nothing else. */
  connected(connection: ChannelModel): Promise<void> {
    this.#connection = connection;
    for (const address of this.#options.bindings()) this.#open(connection, address);
    return Promise.resolve();
  }

  lost(): void {
    this.#connection = null;
    this.#consumers.length = 0;
  }

  /** Takes no more; what is not acknowledged goes to another process, or waits. */
  async stopReceiving(): Promise<void> {
    await Promise.all(this.#consumers.splice(0).map(({ channel, consumerTag }) => channel.cancel(consumerTag))).catch(() => undefined);
  }

  #open(connection: ChannelModel, address: QueueBinding): void {
    const queue = queueOf(this.#options.server, address);
    const late = setTimeout(() => {
      this.#options.logger.warn('a queue of events does not answer; its messages wait', { event: 'rabbit.queue_silent', queue });
    }, lateMs).unref();
    this.#consume(connection, queue, address)
      .catch(() => connection.close())
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(late);
      });
  }

  async #consume(connection: ChannelModel, queue: string, address: QueueBinding): Promise<void> {
    const channel = await openChannel(connection);
    await channel.prefetch(prefetch);
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message) void this.#deliver(message, address, { channel, connection });
    });
    if (this.#connection === connection) this.#consumers.push({ channel, consumerTag });
  }

  async #deliver(message: ConsumeMessage, address: QueueBinding, { channel, connection }: ConsumerChannel): Promise<void> {
    while (!(await this.#isHandled(message, address))) {
      // Held back rather than returned: the server would hand it out again at once, and count.
      await sleep(againAfterMs, { ref: false });
      if (this.#connection !== connection) return;
    }
    try {
      channel.ack(message);
    } catch {
      // The connection is gone: it is delivered again, and taken twice.
    }
  }

  /** Whether its effect is there, or it lies where admins see it. */
  async #isHandled(message: ConsumeMessage, address: QueueBinding): Promise<boolean> {
    try {
      await this.#take(message, address);
      return true;
    } catch (error) {
      if (!isAppError(error) || error.status < 500) return this.#deadLetter(message, address, String(error));
      this.#options.logger.warn('an event can be neither handled nor kept; it waits', {
        event: 'rabbit.event_waits',
        domainEvent: address.event,
        subscriber: address.subscriber,
        error: String(error),
      });
      return false;
    }
  }

  async #take(message: ConsumeMessage, address: QueueBinding): Promise<void> {
    const { take, deliveries, auth } = this.#options;
    // May come twice, and after days: subscribers do the same again.
    const opened = auth.open('fact', address.event, message.content);
    // Not kept: whoever can write to the queue would fill the database.
    if (!opened) return;
    const published = publishedEventIn(opened.text);
    if (published?.event !== address.event) throw new Error('the message in the queue is not an event of this queue');
    const { attempts, ...event } = published;
    const redeliveries = Number(message.properties.headers?.['x-delivery-count'] ?? 0);
    if (redeliveries < redeliveriesAtMost) await take(event, address.subscriber, attempts);
    else await deliveries.keep(event, address.subscriber, redeliveries, 'each process that took it ended before it was done', null);
  }

  /** As text, whatever it is: no retry would store it as an event. */
  async #deadLetter({ content }: ConsumeMessage, { event, subscriber }: QueueBinding, error: string): Promise<boolean> {
    const { deliveries, logger, auth } = this.#options;
    auth.refuse('fact', 'malformed');
    logger.error('a message in a queue could not be taken as an event', {
      event: 'rabbit.event_malformed',
      domainEvent: event,
      subscriber,
      error,
    });
    const payload = { content: content.toString().slice(0, 4000).replaceAll('\u0000', '') } as DomainEvent['payload'];
    return deliveries.keep({ id: newId(), event, payload }, subscriber, 1, error, null).then(
      () => true,
      () => false,
    );
  }
}

const PublishedEvent = z.object({ id: z.string(), event: z.string(), payload: z.unknown(), attempts: z.int().default(0) });

/** Null for what a version to come put into the queue. */
function publishedEventIn(text: string): (DomainEvent & { attempts: number }) | null {
  try {
    return PublishedEvent.parse(JSON.parse(text)) as DomainEvent & { attempts: number };
  } catch {
    return null;
  }
}
