import type { Redis } from 'ioredis';
import type { RedisServer } from './redis.ts';
import type { Wire } from '../cluster/wire.ts';

/** One Pub/Sub channel per team. */
export class RedisWire implements Wire {
  readonly #redis: RedisServer;
  readonly #channel: string;
  #subscriber: Redis | null = null;

  constructor(redis: RedisServer) {
    this.#redis = redis;
    this.#channel = `${redis.prefix}live`;
  }

  async send(content: Buffer): Promise<void> {
    try {
      await this.#redis.commands.publish(this.#channel, content);
    } catch (error) {
      if (error instanceof Error && error.message === 'Command timed out') this.#redis.renew();
      throw error;
    }
  }

  open(receive: (content: Buffer) => void): void {
    const subscriber = this.#redis.connect();
    this.#subscriber = subscriber;
    subscriber.on('ready', () => {
      subscriber.subscribe(this.#channel).catch(() => {
        // Gone again before it was subscribed: the next `ready` does it.
      });
    });
    subscriber.on('messageBuffer', (_channel: Buffer, content: Buffer) => {
      receive(content);
    });
  }

  close(): void {
    this.#subscriber?.disconnect();
  }
}
