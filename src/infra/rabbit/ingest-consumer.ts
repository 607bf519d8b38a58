import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { MessageAuth } from '../cluster/auth/message-auth.ts';
import { failureOf } from '../cluster/call-parts.ts';
import { type AnswerMessage, CallShape, type ReadMessages, messagesOf } from './call-messages.ts';
import { openChannel } from './channels.ts';
import type { IngestExecutor } from './ingest-executor.ts';
import { declareIngest, type IngestBounds, ingestQueueOf, type IngestMessage } from './ingest-queue.ts';
import type { RabbitServer, ConnectionListener } from './rabbit-server.ts';
import type { Caller } from './rpc-server.ts';

interface IngestConsumerOptions {
  readonly server: RabbitServer;
  readonly auth: MessageAuth;
  readonly logger: Logger;
  /** Areas of this process with calls that may wait. */
  readonly areas: () => Iterable<string>;
  readonly bounds?: IngestBounds | undefined;
  readonly executor: IngestExecutor;
  readonly answer: (asker: Caller, answer: AnswerMessage) => void;
}

/** With at most 50 calls in each, fewer than a log of messages lets wait. */
const prefetch = 200;
/** A message that came back so often ended its process each time. */
const redeliveriesAtMost = 8;

/** Empties the queues of calls that may wait: a message is acknowledged when all calls in it are answered. */
export class IngestConsumer implements ConnectionListener {
  readonly #options: IngestConsumerOptions;
  readonly #consumers: { readonly channel: Channel; readonly consumerTag: string }[] = [];
  #connection: ChannelModel | null = null;

  constructor(options: IngestConsumerOptions) {
    this.#options = options;
    options.server.add(this);
  }

  /** Not waited for: a queue that has lost its leader answers late, and is to hold up nothing else. */
  connected(connection: ChannelModel): Promise<void> {
    this.#connection = connection;
    for (const area of this.#options.areas()) {
      this.#consume(connection, area)
        .catch((error: unknown) => {
          this.#options.logger.warn('a queue of calls cannot be opened; it is tried again', {
            event: 'rabbit.queue_open_failed',
            area,
            error: String(error),
          });
          return connection.close();
        })
        .catch(() => undefined);
    }
    return Promise.resolve();
  }

  /** What is not acknowledged is delivered again, here or elsewhere. */
  lost(): void {
    this.#connection = null;
    this.#consumers.length = 0;
    this.#options.executor.clear();
  }

  /** Takes no more. What has not begun by then goes to another process, or waits. */
  async stopReceiving(): Promise<void> {
    this.#options.executor.clear();
    await Promise.all(this.#consumers.splice(0).map(({ channel, consumerTag }) => channel.cancel(consumerTag))).catch(() => undefined);
    this.#options.executor.clear();
  }

  async #consume(connection: ChannelModel, area: string): Promise<void> {
    const channel = await openChannel(connection);
    const queue = ingestQueueOf(this.#options.server, area);
    await declareIngest(channel, queue, this.#options.bounds);
    await channel.prefetch(prefetch);
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message) this.#take(message, { area, channel });
    });
    if (this.#connection === connection) this.#consumers.push({ channel, consumerTag });
  }

  #take(message: ConsumeMessage, { area, channel }: { area: string; channel: Channel }): void {
    const { from, messages } = this.#read(message, area);
    const asker = { replyTo: String(message.properties.replyTo), process: from };
    let left = messages.length;
    const done = (answer: AnswerMessage): void => {
      this.#options.answer(asker, answer);
      left--;
      // Once the answers of this turn are out.
      if (left === 0) setImmediate(acknowledge, channel, message);
    };
    if (left === 0) acknowledge(channel, message);
    else if (Number(message.properties.headers?.['x-delivery-count'] ?? 0) < redeliveriesAtMost)
      this.#options.executor.take(messages, done);
    else this.#reject(messages, done);
  }

  /** A message may wait for days, and come twice: its calls are the same when they are done again. */
  #read({ content }: ConsumeMessage, area: string): { readonly from: string; readonly messages: readonly IngestMessage[] } {
    const message = this.#options.auth.open('ingest', area, content);
    if (!message) return { from: '', messages: [] };
    const { messages, isWhole } = messagesOf(message.text, IngestShape) as ReadMessages<IngestMessage>;
    if (!isWhole) this.#options.auth.refuse('ingest', 'malformed');
    return { from: message.from, messages };
  }

  #reject(messages: readonly IngestMessage[], done: (answer: AnswerMessage) => void): void {
    const requestIds = messages.map(({ context }) => context.requestId);
    this.#options.logger.error('calls are dropped: each process that took them ended before they were done', {
      event: 'rabbit.calls_dropped',
      requestIds,
    });
    for (const { id } of messages) done({ id, ...failureOf(new AppError('unavailable', { retryAfter: 5 })) });
  }
}

const IngestShape = CallShape.extend({ askedAt: z.number() });

function acknowledge(channel: Channel, message: ConsumeMessage): void {
  try {
    channel.ack(message);
  } catch {
    // The connection is gone: it is delivered again, and done twice.
  }
}
