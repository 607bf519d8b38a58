import type { Clock } from '../../../../../kernel/clock.ts';
import { newId } from '../../../../../kernel/ids.ts';
import type { Logger } from '../../../../../kernel/telemetry/logger.ts';
import { sleep } from '../../../../../kernel/sleep.ts';
import { greatestId, idFromNow } from '../../../domain/id-bounds.ts';
import { readingVersion } from '../../../domain/reading.ts';
import type { Collections } from './collections.ts';
import type { RereadingDocument } from './documents.ts';
import type { MessageDocument } from './message-fields.ts';
import { searchedText } from '../../../domain/searched-text.ts';
import { readingTerm, storedTermsOf } from './stored-terms.ts';

const stateId = 'messages';
/** Finding their terms takes a millisecond: a step holds up nothing else that the process does. */
const messagesPerStep = 64;
/** Of texts, in letters: whatever they say, a step takes a bounded time. */
const lettersPerStep = 16_384;
const leaseMs = 15_000;
/** It rests so many times as long as a step took. */
const restsTimes = 4;
/** Nodes make ids by clocks of their own, and some time before their messages are there. */
const overlapMs = 3_600_000;
const notMineMs = 5_000;
const brokenMs = 5_000;

interface RereadingParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called with about how many messages are left, while this node reads them. */
  readonly left?: (messages: number) => void;
}

/** How far the reading is, whichever node does it; null before the first start. */
export const rereadingState = ({ rereading }: Collections): Promise<RereadingDocument | null> => rereading.findOne({ _id: stateId });

/**
 * Reads again, the newest first, messages whose terms are those of a former reading. One node of a team does so, by a lease; another goes on where
 * it was killed. Each start looks once more through what was written since it began: a node of the version before may have been beside it.
 */
export class Rereading {
  readonly #in: Collections;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #owner = newId();
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #read = 0;
  readonly #left: (messages: number) => void;
  #hasBegun = false;

  constructor(collections: Collections, { clock, logger, left = () => undefined }: RereadingParts) {
    this.#in = collections;
    this.#clock = clock;
    this.#logger = logger;
    this.#left = left;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Everything there is to do, at once; for tests and tools. */
  async catchUp(): Promise<void> {
    while ((await this.step()) === 'more');
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const since = performance.now();
      const came = await this.#turn();
      if (came === 'done') return;
      const restMs = came === 'more' ? (performance.now() - since) * restsTimes : came === 'not mine' ? notMineMs : brokenMs;
      await sleep(restMs, { signal: this.#stopping.signal, ref: false });
    }
  }

  async #turn(): Promise<'more' | 'done' | 'not mine' | 'broken'> {
    try {
      return await this.step();
    } catch (error) {
      this.#logger.warn('messages could not be read again for search; it tries again', {
        event: 'search.rereading_waits',
        error: String(error),
      });
      return 'broken';
    }
  }

  async step(): Promise<'more' | 'done' | 'not mine'> {
    const state = await this.#lease();
    if (!state) return 'not mine';
    if (state.beforeId === '' && this.#hasBegun) return this.#done();
    this.#hasBegun = true;
    if (state.beforeId === '') {
      await this.#put({ beforeId: greatestId, begunAt: idFromNow(-overlapMs), left: await this.#count(greatestId, state.downTo) });
      return 'more';
    }
    const left = state.left ?? (await this.#count(state.beforeId, state.downTo));
    const found = await this.#older(state);
    const stale = found.filter(({ deletedAt, terms }) => !deletedAt && terms?.includes(readingTerm) !== true);
    // Of the very text that was read: an edit brings terms of its own.
    await this.#in.messages.write(
      stale.map(({ _id, rev, text, attachments }) => ({
        update: { _id, rev, text },
        by: { $set: { terms: storedTermsOf(searchedText({ text, attachments })) } },
      })),
    );
    this.#read += stale.length;
    const last = found.at(-1)?._id;
    await this.#put(
      last === undefined ? { beforeId: '', downTo: state.begunAt, left: 0 } : { beforeId: last, left: Math.max(0, left - found.length) },
    );
    return 'more';
  }

  async #put(place: Partial<RereadingDocument>): Promise<void> {
    await this.#in.rereading.update({ _id: stateId, owner: this.#owner, reading: readingVersion }, { $set: place });
    if (place.left !== undefined) this.#left(place.left);
  }

  /** Where all are meant, the server knows without counting. */
  #count(beforeId: string, downTo: string): Promise<number> {
    const isAll = beforeId === greatestId && downTo === '';
    return isAll ? this.#in.messages.keptCount() : this.#in.messages.count({ _id: { $lt: beforeId, $gt: downTo } });
  }

  /** The state, held by this node for some seconds; null when another node holds it. */
  async #lease(): Promise<RereadingDocument | null> {
    const now = this.#clock.now();
    const held = { owner: this.#owner, leasedUntil: new Date(now + leaseMs) };
    const { rereading } = this.#in;
    const free = { $or: [{ owner: this.#owner }, { leasedUntil: { $lt: new Date(now) } }] };
    const place = { beforeId: greatestId, downTo: '', begunAt: idFromNow(-overlapMs) };
    const begun = { ...held, reading: readingVersion, ...place };
    if (await rereading.add({ _id: stateId, ...begun })) this.#logBegin();
    else if (await rereading.update({ _id: stateId, reading: { $lt: readingVersion } }, { $set: begun, $unset: { left: '' } }))
      this.#logBegin();
    else if (!(await rereading.update({ $and: [{ _id: stateId }, free] }, { $set: held }))) return null;
    const state = await rereadingState(this.#in);
    return state?.owner === this.#owner ? state : null;
  }

  #logBegin(): void {
    this.#logger.info('messages are read again for search', { event: 'search.rereading', reading: readingVersion });
  }

  #done(): 'done' {
    if (this.#read > 0)
      this.#logger.info('all messages are read again for search', {
        event: 'search.reread',
        reading: readingVersion,
        messages: this.#read,
      });
    return 'done';
  }

  /** Newest first, as many as a step may take and one at least. */
  async #older({ beforeId, downTo }: RereadingDocument): Promise<MessageDocument[]> {
    const found: MessageDocument[] = [];
    let letters = 0;
    const selection = { sort: { _id: -1 }, limit: messagesPerStep, together: 64 } as const;
    for await (const one of this.#in.messages.each({ _id: { $lt: beforeId, $gt: downTo } }, selection)) {
      found.push(one);
      letters += one.text.length;
      if (letters >= lettersPerStep) break;
    }
    return found;
  }
}
