import type { Message } from '../../../../../contracts/chat/messages.ts';
import type { Filter } from '../../../../../kernel/document-database.ts';
import { isAppError } from '../../../../../kernel/errors.ts';
import type { Logger } from '../../../../../kernel/telemetry/logger.ts';
import { searchedText } from '../../../domain/searched-text.ts';
import { matches } from '../../../domain/matching.ts';
import { greatestId, idFromNow } from '../../../domain/id-bounds.ts';
import { type Alternative, cutTerm } from '../../../domain/terms.ts';
import type { FoundMessages, MessageQuery, PassedMessage, SearchIndex } from '../../../ports.ts';
import type { Collections } from './collections.ts';
import { type MessageDocument, messageOf } from './message-fields.ts';
import { rereadingState } from './rereading.ts';

const together = 100;
/** After which a search answers what it has found. */
const searchMs = 800;
const conversationsAtMost = 2_000;
/** Of texts that have too many terms, which are candidates for everything. */
const cutAtMost = 64;
const dayMs = 86_400_000;
/** The newest are looked for first: a common word then needs no sorting of all that hold it. */
const windowsMs: readonly number[] = [dayMs, 7 * dayMs, 60 * dayMs, Infinity];

/** A conversation's terms, and for each the newest messages first: an id is an upper and a lower bound of what is read. */
const termsNewest = { name: 'terms_newest', key: { conversationId: 1, terms: 1, _id: -1 } } as const;
const termsBefore = 'terms';

/** A message carries its terms under an index: it is found from the moment it is there. */
export class MongoSearch implements SearchIndex {
  readonly #in: Collections;
  readonly #logger: Logger;
  #preparing: Promise<void> = Promise.resolve();

  constructor(collections: Collections, logger: Logger) {
    this.#in = collections;
    this.#logger = logger;
  }

  /** A search without the index is slow, and bounded all the same: no start waits for one. */
  start(): void {
    this.#preparing = this.#in.messages.exchangeIndexes([termsNewest], [termsBefore]).catch((error: unknown) => {
      this.#logger.warn('the index for search could not be made; the next start tries again', {
        event: 'search.index_waits',
        error: String(error),
      });
    });
  }

  /** Not for an index that is being built: the server goes on with it. */
  stop(): Promise<void> {
    return Promise.race([this.#preparing, new Promise<void>((resolve) => setImmediate(resolve))]);
  }

  catchUp(): Promise<void> {
    return this.#preparing;
  }

  /** Terms are written with the message, or the message is not. */
  passed(): Promise<{ items: PassedMessage[]; count: number }> {
    return Promise.resolve({ items: [], count: 0 });
  }

  async toReindex(): Promise<number> {
    return (await rereadingState(this.#in))?.left ?? 0;
  }

  async search(userId: string, query: MessageQuery): Promise<FoundMessages> {
    if (query.groups.length === 0) return { messages: [], continuesBefore: null, isPartial: false };
    const mine = await this.#in.members.find(
      { userId, role: { $exists: true }, ...(query.conversationId === undefined ? {} : { conversationId: query.conversationId }) },
      { project: { conversationId: 1 }, limit: conversationsAtMost + 1 },
    );
    const walk = new Walk(this.#in, {
      query,
      conversationIds: mine.slice(0, conversationsAtMost).map(({ conversationId }) => conversationId),
    });
    const found = await walk.run();
    return mine.length > conversationsAtMost ? { ...found, isPartial: true } : found;
  }
}

interface Asked {
  readonly query: MessageQuery;
  readonly conversationIds: readonly string[];
}

/** One search, from the newest messages to the oldest, until the page is full or the time is over. */
class Walk {
  readonly #in: Collections;
  readonly #asked: Asked;
  readonly #endsAt = performance.now() + searchMs;
  readonly #found = new Map<string, Message>();
  #position = '';
  #isPartial = false;

  constructor(collections: Collections, asked: Asked) {
    this.#in = collections;
    this.#asked = asked;
  }

  async run(): Promise<FoundMessages> {
    try {
      await this.#lookIntoCut();
      await this.#look();
    } catch (error) {
      if (!isAppError(error) || error.code !== 'deadline_exceeded') throw error;
      this.#isPartial = true;
    }
    const { limit } = this.#asked.query;
    const inOrder = [...this.#found.values()].filter(({ id }) => id >= this.#position).sort((one, other) => (one.id < other.id ? 1 : -1));
    const messages = inOrder.slice(0, limit);
    const isFull = messages.length < inOrder.length || (this.#position !== '' && messages.length === limit);
    const last = isFull ? (messages.at(-1)?.id ?? '') : this.#position;
    return { messages, continuesBefore: last === '' ? null : last, isPartial: this.#isPartial };
  }

  /** The newest texts that have more terms than the index has of them. */
  async #lookIntoCut(): Promise<void> {
    const { query } = this.#asked;
    const filter = this.#filter([{ terms: cutTerm }], { $lt: query.beforeId ?? greatestId });
    const cut = await this.#in.messages.find(filter, { ...reading, limit: cutAtMost + 1, maxTimeMs: this.#leftMs() });
    if (cut.length > cutAtMost) this.#isPartial = true;
    for (const one of cut.slice(0, cutAtMost)) if (matches(searchedText(one), query)) this.#found.set(one._id, messageOf(one));
  }

  async #look(): Promise<void> {
    const { query } = this.#asked;
    let below = query.beforeId ?? greatestId;
    const groups = wantedOf(query);
    for (const windowMs of windowsMs) {
      const from = windowMs === Infinity ? '' : idFromNow(-windowMs);
      if (from >= below) continue;
      const filter = this.#filter(groups, { $gte: from, $lt: below });
      for await (const one of this.#in.messages.each(filter, { ...reading, together, maxTimeMs: this.#leftMs() }))
        if (this.#take(one)) return;
      below = from;
      this.#position = from;
    }
  }

  /** True when the page is full, or the time is over. */
  #take(one: MessageDocument): boolean {
    const { query } = this.#asked;
    // The terms name a few too many: those of the version before are among them.
    if (matches(searchedText(one), query)) this.#found.set(one._id, messageOf(one));
    this.#position = one._id;
    if (performance.now() > this.#endsAt) this.#isPartial = true;
    const inOrder = [...this.#found.keys()].filter((id) => id >= one._id);
    return this.#isPartial || inOrder.length >= query.limit;
  }

  #filter(wanted: readonly Filter[], _id: Filter): Filter {
    const { query, conversationIds } = this.#asked;
    return { $and: [{ conversationId: { $in: conversationIds }, deletedAt: { $exists: false } }, { _id }, ...wanted, ...filtersOf(query)] };
  }

  #leftMs(): number {
    return Math.max(50, Math.ceil(this.#endsAt - performance.now()));
  }
}

/** By the words of this version or of the one before: what that one wrote, also beside this one, has terms of its own. */
function wantedOf({ groups, former }: MessageQuery): Filter[] {
  const all = (of: MessageQuery['groups']): Filter[] => of.map((group) => ({ terms: { $in: group.map(termOf) } }));
  return former && former.groups.length > 0 ? [{ $or: [{ $and: all(groups) }, { $and: all(former.groups) }] }] : all(groups);
}

const reading = { project: { terms: 0 }, sort: { _id: -1 } } as const;

function filtersOf({ senderId, before, after, has }: MessageQuery): Filter[] {
  return [
    ...(senderId === undefined ? [] : [{ senderId }]),
    ...(before === undefined ? [] : [{ createdAt: { $lt: new Date(before) } }]),
    ...(after === undefined ? [] : [{ createdAt: { $gt: new Date(after) } }]),
    ...(has === undefined ? [] : [having[has]]),
  ];
}

const having = {
  link: { text: { $regex: 'https?://' } },
  reaction: { reactions: { $exists: true } },
  mention: { mentions: { $exists: true } },
  file: { fileKinds: 'file' },
  image: { fileKinds: 'image' },
  video: { fileKinds: 'video' },
  audio: { fileKinds: 'audio' },
} as const;

/** Anchored and with every sign but letters and digits made plain, so that the index answers it as a range. */
const termOf = ({ term, prefix }: Alternative): string | RegExp =>
  prefix ? new RegExp(`^${term.replace(/[^\p{L}\p{M}\p{N}:_]/gu, String.raw`\$&`)}`) : term;
