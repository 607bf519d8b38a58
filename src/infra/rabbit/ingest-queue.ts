import type { Channel } from 'amqplib';
import type { CallMessage } from './call-messages.ts';
import type { RabbitServer } from './rabbit-server.ts';

/** A call that the server keeps until it is done. */
export interface IngestMessage extends CallMessage {
  /** Unix milliseconds. */
  readonly askedAt: number;
}

/** What may lie in the queue of one area; beyond that the server refuses more. */
export interface IngestBounds {
  readonly messages: number;
  readonly bytes: number;
}

const usualBounds: IngestBounds = { messages: 100_000, bytes: 256_000_000 };

/**
 * The durable queue of an area's calls that may wait. One process at a time takes from it, so that they are done in the order they came in; one that
 * goes away is followed by the next. A queue keeps the bounds it was made with, and RabbitMQ refuses other ones: who changes them gives it another name.
 */
export async function declareIngest(channel: Channel, queue: string, { messages, bytes }: IngestBounds = usualBounds): Promise<void> {
  await channel.assertQueue(queue, {
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      'x-single-active-consumer': true,
      'x-overflow': 'reject-publish',
      'x-max-length': messages,
      'x-max-length-bytes': bytes,
    },
  });
}

export const ingestQueueOf = ({ prefix }: RabbitServer, area: string): string => `${prefix}ingest.${area}`;
