import type { Channel, ChannelModel, ConfirmChannel, Message } from 'amqplib';
import type { Counter, Metrics } from '../../kernel/telemetry/metrics.ts';
import type { MessageAuth } from '../cluster/auth/message-auth.ts';
import { type CallMessage, callsIn } from './call-messages.ts';
import { openConfirmChannel } from './channels.ts';
import { declareIngest, type IngestBounds, ingestQueueOf, type IngestMessage } from './ingest-queue.ts';
import type { RabbitServer, ConnectionListener } from './rabbit-server.ts';

interface IngestPublisherOptions {
  readonly server: RabbitServer;
  readonly auth: MessageAuth;
  readonly metrics: Metrics;
  /** Areas whose calls may wait. */
  readonly areas: readonly string[];
  readonly bounds?: IngestBounds | undefined;
  readonly answered: (message: Message) => void;
  /** The server has not taken these calls. */
  readonly refused: (ids: readonly number[]) => void;
}

export const replyQueue = 'amq.rabbitmq.reply-to';
/** What one message may hold: it is acknowledged as a whole, and taken 200 at a time. */
const callsPerMessage = 50;
const lengthPerMessage = 100_000;

/** Puts calls into the durable queue of their area, in the order they are asked. An answer comes by direct reply-to, as to every call. */
export class IngestPublisher implements ConnectionListener {
  readonly #options: IngestPublisherOptions;
  readonly #outcomes: Counter;
  #channel: ConfirmChannel | null = null;

  constructor(options: IngestPublisherOptions) {
    this.#options = options;
    const help = 'Calls for a queue that keeps them: accepted, refused';
    this.#outcomes = options.metrics.counter('confab_rabbit_ingest_total', help, ['outcome']);
    options.server.add(this);
  }

  async connected(connection: ChannelModel): Promise<void> {
    const channel = await openConfirmChannel(connection);
    channel.on('return', (message: Message) => {
      this.#returned(message, channel);
    });
    await this.#declare(channel);
    await channel.consume(
      replyQueue,
      (message) => {
        if (message) this.#options.answered(message);
      },
      { noAck: true },
    );
    this.#channel = channel;
  }

  lost(): void {
    this.#channel = null;
  }

  send(area: string, calls: readonly CallMessage[]): void {
    for (const { ids, content } of messagesOf(calls)) this.#publish(area, ids, content);
  }

  #publish(area: string, ids: readonly number[], content: string): void {
    const options = { mandatory: true, persistent: true, replyTo: replyQueue, correlationId: String(ids[0]) };
    try {
      this.#channel?.publish(
        '',
        ingestQueueOf(this.#options.server, area),
        this.#options.auth.sign('ingest', area, content),
        options,
        (error: unknown) => {
          this.#outcomes.add({ outcome: error ? 'refused' : 'accepted' }, ids.length);
          if (error) this.#options.refused(ids);
        },
      );
    } catch {
      // The channel ended in this very turn: whoever waits gets the error that the connection is lost.
    }
  }

  async #declare(channel: Channel): Promise<void> {
    const { server, areas, bounds } = this.#options;
    for (const area of areas) await declareIngest(channel, ingestQueueOf(server, area), bounds);
  }

  /** Deleted by hand. */
  #returned({ content, fields }: Message, channel: ConfirmChannel): void {
    const { server, auth, refused } = this.#options;
    const message = auth.open('ingest', fields.routingKey.slice(ingestQueueOf(server, '').length), content);
    if (message?.from === auth.self) refused(callsIn(message.text).messages.map(({ id }) => id));
    this.#declare(channel).catch(() => undefined);
  }
}

function messagesOf(calls: readonly CallMessage[]): { readonly ids: number[]; readonly content: string }[] {
  const messages: { ids: number[]; content: string }[] = [];
  const askedAt = Date.now();
  for (const call of calls) {
    const text = JSON.stringify({ ...call, askedAt } satisfies IngestMessage);
    const last = messages.at(-1);
    if (last && last.ids.length < callsPerMessage && last.content.length + text.length < lengthPerMessage) {
      last.ids.push(call.id);
      last.content += `,${text}`;
    } else messages.push({ ids: [call.id], content: text });
  }
  return messages.map(({ ids, content }) => ({ ids, content: `[${content}]` }));
}
