import type { ChannelModel, ConfirmChannel } from 'amqplib';
import { allNodes } from '../cluster/wire-cluster-transport.ts';
import type { Wire } from '../cluster/wire.ts';
import { confirmed, openConfirmChannel } from './channels.ts';
import { cutOff, type RabbitServer, type ConnectionListener } from './rabbit-server.ts';

/** What a node that does not read leaves at the server before the oldest of it goes. */
const unreadBytesAtMost = 64_000_000;
const keyBytesAtMost = 250;

/** A topic exchange, and for each process a queue of its own that is gone with it. A queue is bound to the topics that its process subscribes to. */
export class RabbitWire implements Wire, ConnectionListener {
  readonly #server: RabbitServer;
  readonly #exchange: string;
  readonly #topics: () => Iterable<string>;
  #channel: ConfirmChannel | null = null;
  #receive: (content: Buffer) => void = () => undefined;

  /** `subscribed` names the topics this process subscribes to; it is called at each connection. */
  constructor(server: RabbitServer, subscribed: () => Iterable<string>) {
    this.#server = server;
    this.#exchange = `${server.prefix}live`;
    this.#topics = subscribed;
    server.add(this);
  }

  async connected(connection: ChannelModel): Promise<void> {
    const channel = await openConfirmChannel(connection);
    await channel.assertExchange(this.#exchange, 'topic', { durable: true });
    const { queue } = await channel.assertQueue('', {
      exclusive: true,
      autoDelete: true,
      durable: false,
      arguments: { 'x-max-length-bytes': unreadBytesAtMost },
    });
    for (const topic of [allNodes, ...this.#topics()]) await channel.bindQueue(queue, this.#exchange, `#.${routingKeyOf(topic)}.#`);
    await channel.consume(
      queue,
      (message) => {
        if (message) this.#receive(message.content);
      },
      { noAck: true, exclusive: true },
    );
    this.#channel = channel;
  }

  lost(): void {
    this.#channel = null;
  }

  send(content: Buffer, topics: readonly string[]): Promise<void> {
    if (!this.#channel || !this.#server.isUp) return Promise.reject(cutOff());
    const key = topics.map(routingKeyOf).join('.');
    return confirmed(this.#channel, {
      exchange: this.#exchange,
      key: key.length <= keyBytesAtMost ? key : allNodes,
      content,
      options: { persistent: false },
    });
  }

  open(receive: (content: Buffer) => void): void {
    this.#receive = receive;
  }

  close(): void {
    this.#receive = () => undefined;
  }
}

/** One word of a routing key, whose words are parted by dots. */
const routingKeyOf = (topic: string): string => topic.replaceAll('.', '/');
