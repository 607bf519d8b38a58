import type { Message } from '../../../../../contracts/chat/entities.ts';
import type { Filter } from '../../../../../kernel/database/mongo-collection.ts';
import { type Alternative, folded } from '../../../domain/terms.ts';
import type { MessageQuery, SearchIndex } from '../../../ports.ts';
import type { Collections } from './collections.ts';
import { messageOf } from './documents.ts';

const together = 200;

/** A message carries its terms under an index: it is found from the moment it is there. */
export class MongoSearch implements SearchIndex {
  readonly #in: Collections;

  constructor(collections: Collections) {
    this.#in = collections;
  }

  async search(userId: string, query: MessageQuery): Promise<readonly Message[]> {
    if (query.groups.length === 0) return [];
    const mine = await this.#in.members.find({ userId, role: { $exists: true } }, { project: { conversationId: 1 } });
    const readable = mine.map(({ conversationId }) => conversationId).filter((id) => id === (query.conversationId ?? id));
    const found: Message[] = [];
    const candidates = this.#in.messages.each(filterOf(readable, query), { project: { terms: 0 }, sort: { _id: -1 }, together });
    for await (const candidate of candidates) {
      if (!holds(candidate.text, query.literals)) continue;
      found.push(messageOf(candidate));
      if (found.length === query.limit) break;
    }
    return found;
  }
}

function filterOf(conversationIds: readonly string[], { groups, senderId, before, after, has, beforeId }: MessageQuery): Filter {
  const conditions: Filter[] = [
    { conversationId: { $in: conversationIds }, deletedAt: { $exists: false } },
    ...groups.map((group) => ({ terms: { $in: group.map(termOf) } })),
  ];
  if (senderId !== undefined) conditions.push({ senderId });
  if (before !== undefined) conditions.push({ createdAt: { $lt: new Date(before) } });
  if (after !== undefined) conditions.push({ createdAt: { $gt: new Date(after) } });
  if (beforeId !== undefined) conditions.push({ _id: { $lt: beforeId } });
  if (has !== undefined) conditions.push(having[has]);
  return { $and: conditions };
}

const having = {
  link: { text: { $regex: 'https?://' } },
  reaction: { reactions: { $exists: true } },
  mention: { mentions: { $exists: true } },
} as const;

/** Anchored and with every sign but letters and digits made plain, so that the index answers it as a range. */
const termOf = ({ term, prefix }: Alternative): string | RegExp =>
  prefix ? new RegExp(`^${term.replace(/[^\p{L}\p{M}\p{N}:_]/gu, String.raw`\$&`)}`) : term;

/** Case, width and ё are told apart by the server and not by a person who searches: its own answers are looked through here. */
function holds(text: string, literals: readonly string[]): boolean {
  if (literals.length === 0) return true;
  const whole = folded(text);
  return literals.every((literal) => whole.includes(literal));
}
