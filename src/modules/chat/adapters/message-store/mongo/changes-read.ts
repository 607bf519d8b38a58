import type { Message } from '../../../../../contracts/chat/messages.ts';
import type { Collections } from './collections.ts';
import { type MessageDocument, messageOf } from './message-fields.ts';

interface Asked {
  readonly conversationId: string;
  readonly known: number;
  readonly limit: number;
}

interface Found {
  readonly messages: readonly Message[];
  readonly isCut: boolean;
}

/** How many messages are read without asking first how long they are. */
const unsized = 64;
const overhead = 450;
const attachmentSize = 550;

/** About what a message takes on the wire. */
export const sizeOf = ({ text, reactions = [], attachments = [] }: Pick<MessageDocument, 'text' | 'reactions' | 'attachments'>): number =>
  Buffer.byteLength(text) +
  reactions.reduce((sum, { userIds }) => sum + 40 * userIds.length, 0) +
  attachmentSize * attachments.length +
  overhead;

/** What changed in conversations, without reading much more than is answered. */
export class ChangesRead {
  readonly #in: Collections;

  constructor(collections: Collections) {
    this.#in = collections;
  }

  async since(asked: readonly Asked[], bytes: number): Promise<ReadonlyMap<string, Found>> {
    const most = asked.reduce((sum, { limit }) => sum + limit, 0);
    const counts = most <= unsized ? asked.map(({ limit }) => limit) : await this.#countsWithin(asked, bytes);
    const found = await Promise.all(asked.map((one, index) => this.#read(one, counts[index] ?? 0)));
    return new Map(asked.map(({ conversationId }, index) => [conversationId, found[index] ?? { messages: [], isCut: true }]));
  }

  /** One more is read, to see whether there is one. Later changes than were counted may be among them: they are only fresher. */
  async #read({ conversationId, known }: Asked, count: number): Promise<Found> {
    if (count === 0) return { messages: [], isCut: true };
    const filter = { conversationId, rev: { $gt: known } };
    const found = await this.#in.messages.find(filter, { project: { terms: 0 }, sort: { rev: 1 }, limit: count + 1 });
    return { messages: found.slice(0, count).map(messageOf), isCut: found.length > count };
  }

  /** How many messages of each come within the bytes; one of those of which nothing is known, unless they are past the end. */
  async #countsWithin(asked: readonly Asked[], bytes: number): Promise<number[]> {
    const sizes = await Promise.all(asked.map((one) => this.#sizes(one)));
    let sum = 0;
    return sizes.map((ofOne) => {
      if (sum >= bytes) return 0;
      let count = 0;
      for (; count < ofOne.length && sum < bytes; count++) sum += ofOne[count] ?? 0;
      return Math.max(1, count);
    });
  }

  async #sizes({ conversationId, known, limit }: Asked): Promise<number[]> {
    const found = await this.#in.messages.groups<{ text: number }>([
      { $match: { conversationId, rev: { $gt: known } } },
      { $sort: { rev: 1 } },
      { $limit: limit },
      { $project: { _id: 0, text: { $strLenBytes: '$text' } } },
    ]);
    return found.map(({ text }) => text + overhead);
  }
}
