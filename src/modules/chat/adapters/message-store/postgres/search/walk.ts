import type { Message } from '../../../../../../contracts/chat/messages.ts';
import { conditionsOf, type Condition, conversationTerm, senderTerm } from '../../../../domain/index-terms.ts';
import { searchedText } from '../../../../domain/searched-text.ts';
import { matches } from '../../../../domain/matching.ts';
import { greatestId } from '../../../../domain/id-bounds.ts';
import { cutTerm } from '../../../../domain/terms.ts';
import type { FoundMessages } from '../../../../ports.ts';
import { docOf, isLate } from './numbering.ts';
import { intersect, type Posting } from './postings.ts';
import type { Asked, Block, Candidate, IndexReader } from './reader.ts';

/** Blocks that are looked into together: few first, since a common word is found in the newest. */
const blocksFirst = 2;
const blocksMore = 16;
const candidatesFirst = 32;
const candidatesMore = 128;
/** Of texts that have too many terms, which are candidates for everything, and of edits. */
const cutAtMost = 64;
const lateAtMost = 512;
const conversationsAsTerms = 64;
const sliceMs = 6;

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One search: newest first through the index until the page is full or the time is over. */
export class Walk {
  readonly #reader: IndexReader;
  readonly #asked: Asked;
  readonly #endsAt: number;
  readonly #found = new Map<string, Message>();
  /** Everything above this id has been looked at; null at the end. */
  #position: string | null = null;
  #hasStepped = false;
  /** What is asked of blocks that were read in a former way, beside what is asked of all. */
  #former: readonly Condition[] | null = null;
  #isCut = false;

  constructor(reader: IndexReader, asked: Asked, endsAt: number) {
    this.#reader = reader;
    this.#asked = asked;
    this.#endsAt = endsAt;
  }

  async run(): Promise<FoundMessages> {
    try {
      await this.#go();
    } catch (error) {
      // A statement that took too long ends the search with what it has found before.
      if (!isTooLate(error)) throw error;
      this.#isCut = true;
    }
    // Without a step through the index there is no place to go on from: what the tail had is all there is.
    if (!this.#hasStepped) this.#position = null;
    return this.#answer();
  }

  async #go(): Promise<void> {
    const { userId, query } = this.#asked;
    this.#position = null;
    if (query.conversationId !== undefined && !(await this.#reader.isMember(userId, query.conversationId))) return;
    // In this order: what is indexed meanwhile is then found in the index.
    const known = await this.#reader.known();
    const tail = await this.#reader.tail(this.#asked, known);
    this.#isCut = tail.isCut;
    await this.#takeMatching(tail.messages);
    const blocks = await this.#reader.blocks(this.#asked);
    const whoAndWhere = await this.#whoAndWhere();
    const conditions = [...conditionsOf(query.groups, query.literals), ...whoAndWhere];
    if (query.former) this.#former = [...conditionsOf(query.former.groups, query.former.literals), ...whoAndWhere];
    this.#position = query.beforeId ?? greatestId;
    await this.#lookIntoLate(
      blocks.filter(({ block }) => isLate(block)),
      conditions,
    );
    if (
      await this.#lookIntoOrdered(
        blocks.filter(({ block }) => !isLate(block)),
        conditions,
      )
    )
      return;
    if (known.backId !== null) await this.#lookIntoOld(known.backId);
    this.#position = null;
  }

  /** Conditions that every text is held against, also one of too many terms. */
  async #whoAndWhere(): Promise<Condition[]> {
    const { userId, query } = this.#asked;
    const of = (...terms: string[]): Condition => ({ terms, prefix: null });
    const own =
      query.conversationId === undefined ? await this.#reader.conversationsOf(userId, conversationsAsTerms) : [query.conversationId];
    return [
      ...(own === null ? [] : [of(...own.map(conversationTerm))]),
      ...(query.senderId === undefined ? [] : [of(senderTerm(query.senderId))]),
      ...(query.has === undefined || query.has === 'reaction' ? [] : [of(`h:${query.has}`)]),
    ];
  }

  async #lookIntoLate(blocks: readonly Block[], conditions: readonly Condition[]): Promise<void> {
    const docs = await this.#docsIn(blocks, conditions);
    if (docs.length > lateAtMost) this.#isCut = true;
    for (const candidate of await this.#candidates(docs.slice(0, lateAtMost))) await this.#take(candidate);
  }

  /** True when the page is full, or the time is over. */
  async #lookIntoOrdered(blocks: readonly Block[], conditions: readonly Condition[]): Promise<boolean> {
    for (let from = 0, size = blocksFirst; from < blocks.length; from += size, size = blocksMore) {
      const some = blocks.slice(from, from + size);
      const docs = await this.#docsIn(some, conditions);
      for (let at = 0, most = candidatesFirst; at < docs.length; at += most, most = candidatesMore) {
        const candidates = await this.#candidates(docs.slice(at, at + most));
        for (const candidate of candidates) {
          await this.#take(candidate);
          this.#step(candidate.messageId);
          if (this.#isOver()) return true;
        }
        if (this.#isFull()) return true;
      }
      this.#step(some.at(-1)?.firstId ?? this.#position ?? greatestId);
      if (this.#isOver()) return true;
    }
    return false;
  }

  #step(position: string): void {
    this.#position = position;
    this.#hasStepped = true;
  }

  async #lookIntoOld(backId: string): Promise<void> {
    this.#isCut = true;
    await this.#takeMatching(await this.#reader.old(this.#asked, backId));
  }

  async #docsIn(blocks: readonly Block[], conditions: readonly Condition[]): Promise<number[]> {
    const docs = await this.#docsMeeting(blocks, conditions);
    const unread = blocks.filter(({ isRead }) => !isRead);
    return this.#former && unread.length > 0 ? descending([...docs, ...(await this.#docsMeeting(unread, this.#former))]) : docs;
  }

  /** Documents that meet the conditions, greatest first, and the newest of those of which the index does not know every term. */
  async #docsMeeting(blocks: readonly Block[], conditions: readonly Condition[]): Promise<number[]> {
    if (blocks.length === 0) return [];
    const numbers = blocks.map(({ block }) => block);
    const cut: Condition = { terms: [cutTerm], prefix: null };
    const postings = await this.#reader.postings(numbers, [...conditions, cut]);
    const whole = docsOf(postings, conditions, numbers);
    const rest = this.#cutOnes(postings, [cut, ...conditions.filter(isExactly)], numbers);
    return rest.length === 0 ? whole : descending([...whole, ...rest]);
  }

  #cutLeft = cutAtMost;

  #cutOnes(postings: readonly Posting[], conditions: readonly Condition[], blocks: readonly number[]): number[] {
    const docs = docsOf(postings, conditions, blocks);
    if (docs.length > this.#cutLeft) this.#isCut = true;
    const taken = docs.slice(0, this.#cutLeft);
    this.#cutLeft -= taken.length;
    return taken;
  }

  #candidates(docs: readonly number[]): Promise<Candidate[]> {
    return docs.length === 0 ? Promise.resolve([]) : this.#reader.candidates(this.#asked, docs);
  }

  /** The index names a few too many, and may know a text as it was before an edit. */
  async #take({ message }: Candidate): Promise<void> {
    if (!message || this.#found.has(message.id)) return;
    await this.#pauseNowAndThen();
    if (matches(searchedText(message), this.#asked.query)) this.#found.set(message.id, message);
  }

  async #takeMatching(messages: readonly Message[]): Promise<void> {
    for (const message of messages) {
      if (this.#found.has(message.id)) continue;
      await this.#pauseNowAndThen();
      if (matches(searchedText(message), this.#asked.query)) this.#found.set(message.id, message);
    }
  }

  #sliceEnds = performance.now() + sliceMs;

  async #pauseNowAndThen(): Promise<void> {
    if (performance.now() < this.#sliceEnds) return;
    await pause();
    this.#sliceEnds = performance.now() + sliceMs;
  }

  #isFull(): boolean {
    const position = this.#position ?? '';
    let count = 0;
    for (const id of this.#found.keys()) if (id >= position) count++;
    return count >= this.#asked.query.limit;
  }

  #isOver(): boolean {
    if (performance.now() < this.#endsAt) return false;
    this.#isCut = true;
    return true;
  }

  /** What lies below the position may not be all there is: it comes with the next page. */
  #answer(): FoundMessages {
    const position = this.#position ?? '';
    const inOrder = [...this.#found.values()].filter(({ id }) => id >= position).sort((one, other) => (one.id < other.id ? 1 : -1));
    const messages = inOrder.slice(0, this.#asked.query.limit);
    const isFull = messages.length < inOrder.length || (position !== '' && messages.length === this.#asked.query.limit);
    const continuesBefore = isFull ? (messages.at(-1)?.id ?? null) : this.#position;
    return { messages, continuesBefore, isPartial: this.#isCut };
  }
}

const descending = (docs: readonly number[]): number[] => [...new Set(docs)].sort((one, other) => other - one);

const isExactly = ({ terms }: Condition): boolean => terms.every((term) => /^[cuh]:/.test(term));

function docsOf(postings: readonly Posting[], conditions: readonly Condition[], blocks: readonly number[]): number[] {
  const places = intersect(postings, conditions);
  return blocks.flatMap((block) => (places.get(block) ?? []).map((place) => docOf(block, place)));
}

const isTooLate = (error: unknown): boolean => (error as { code?: unknown }).code === 'deadline_exceeded';
