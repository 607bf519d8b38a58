import { isConnectionFailure } from '../../../../../../infra/postgres/failures.ts';
import { isAppError } from '../../../../../../kernel/errors.ts';
import { newId } from '../../../../../../kernel/ids.ts';
import type { Logger } from '../../../../../../kernel/telemetry/logger.ts';
import { sleep } from '../../../../../../kernel/sleep.ts';
import type { WriteLoad } from '../../write-rate.ts';
import { type Behind, bytesPerStep, type Changed, type IndexStore, type Marks, type Merging, type State } from './index-store.ts';
import { idFromNow, leastId } from '../../../../domain/id-bounds.ts';
import type { Rereader } from './rereader.ts';
import { build, type Built, type Doc, reasonOf, type Source } from './step.ts';

/** What the index does in one go at most; bytes are bounded where texts are read. */
interface Pace {
  readonly docs: number;
  /** Rows that are read to put those of one term together. */
  readonly mergedRows: number;
  readonly conversations: number;
  readonly changes: number;
  /** The worker pauses this many times as long as a step took. */
  readonly restsTimes: number;
}

/** A step of so many messages is followed by the next one; after fewer some may gather. */
const manyDocs = 128;
/** While people write a step takes some 2 ms of the database and less of the event loop, so that it delays no message by more. */
const paces: Readonly<Record<WriteLoad, Pace>> = {
  low: { docs: 512, mergedRows: 4_000, conversations: 200, changes: 2_000, restsTimes: 2 },
  medium: { docs: 32, mergedRows: 500, conversations: 50, changes: 250, restsTimes: 8 },
  high: { docs: 16, mergedRows: 250, conversations: 25, changes: 100, restsTimes: 50 },
};
/** Ids are made before their messages are committed: what is younger waits, so that nearly all come in order. */
const lagMs = 1_000;
/** An id from further in the future comes from a clock that is wrong, or from an import. */
const futureMs = 60_000;
const sweepsEveryMs = 1_000;
const idleMs = 1_000;
const notMineMs = 3_000;
const brokenMs = 2_000;
const restsAtMostMs = 5_000;

type Step = Built & { readonly marks: Marks };
type Place = Pick<State, 'nextDoc' | 'backDoc' | 'lateDoc' | 'lastId' | 'backId'>;

interface WorkerParts {
  readonly store: IndexStore;
  readonly logger: Logger;
  /** How much is being written; `low` unless given. */
  readonly writeLoad?: () => WriteLoad;
  readonly passed?: (count: number) => void;
  readonly termsOf?: (text: string) => string[];
  readonly rereader?: Rereader;
}

/**
 * Brings the index up to the log, step by step behind everybody else. One worker of a team does so at a time, by a lease; a worker that was
 * paused finds at its next write that the state is not the one it began from, and that write does nothing.
 */
export class IndexWorker {
  readonly #parts: WorkerParts;
  readonly #owner = newId();
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;
  #most = paces.low.docs;
  #merging: Merging | null = null;
  #sweepsFrom = leastId;
  #hasSwept = false;
  #sweepsAt = 0;
  /** New messages gather until then; 0 while there are many. */
  #gathersUntil = 0;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  get #pace(): Pace {
    return paces[this.#parts.writeLoad?.() ?? 'low'];
  }

  get #docsAtMost(): number {
    return Math.min(this.#most, this.#pace.docs);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    if (this.#running) await this.#parts.store.release(this.#owner).catch(() => undefined);
  }

  /** Does everything there is to do, at once; for tests, tools and the bench. */
  async catchUp(): Promise<void> {
    while (!this.#stopping.signal.aborted && (await this.#pass(0)) !== 'up to date');
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const since = performance.now();
      const restMs = await this.#turn();
      const tookMs = performance.now() - since;
      await sleep(Math.max(restMs, Math.min(tookMs * this.#pace.restsTimes, restsAtMostMs)), {
        signal: this.#stopping.signal,
        ref: false,
      });
    }
  }

  /** Answers how long there is nothing to do. Never rejects. */
  async #turn(): Promise<number> {
    try {
      const state = await this.#parts.store.state(idFromNow(0));
      if (state.isLeased && state.owner !== this.#owner) return notMineMs;
      return (await this.#pass(lagMs)) === 'behind' ? 0 : idleMs;
    } catch (error) {
      this.#parts.logger.warn('the search index could not go on; it tries again', { event: 'search.index_waits', error: reasonOf(error) });
      return brokenMs;
    }
  }

  /** A step of each kind. */
  async #pass(waitsMs: number): Promise<'behind' | 'in step' | 'up to date'> {
    const state = await this.#held();
    if (!state) return 'behind';
    const isAtOnce = waitsMs === 0;
    const [afterNew, fresh] = isAtOnce || performance.now() >= this.#gathersUntil ? await this.#indexNew(state, waitsMs) : [state, 0];
    const sweeps = isAtOnce || performance.now() >= this.#sweepsAt;
    const [afterChanges, didChange] = afterNew && sweeps ? await this.#indexChanges(afterNew) : [afterNew, afterNew === null];
    // New messages first, while there are many of them.
    if (afterChanges === null || (fresh > 0 && this.#gathersUntil === 0)) return 'behind';
    if ((await this.#indexOld(afterChanges)) || (await this.#merge())) return 'behind';
    if (await this.#parts.rereader?.step(afterChanges, this.#docsAtMost)) return 'behind';
    return fresh > 0 || didChange ? 'in step' : 'up to date';
  }

  /** The state, held by this worker; null when another one was faster. */
  async #held(): Promise<State | null> {
    const { store } = this.#parts;
    const state = await store.state(idFromNow(0));
    if (state.owner === this.#owner && state.isLeased) return state;
    this.#merging = null;
    return store.lease(this.#owner, state);
  }

  /** Also answers how many there were. After a step that was not full, new messages gather for a while. */
  async #indexNew(state: State, waitsMs: number): Promise<[State | null, number]> {
    const most = this.#docsAtMost;
    const found = await this.#parts.store.newer(state.lastId, idFromNow(1 - waitsMs), most);
    const isLong = found.reduce((sum, { text }) => sum + text.length, 0) > bytesPerStep / 4;
    this.#gathersUntil = isLong || found.length >= Math.min(most, manyDocs) ? 0 : performance.now() + idleMs;
    const last = found.at(-1);
    if (!last) return [state, 0];
    const docs = found.map((message, index) => ({ doc: state.nextDoc + index, message }));
    const to = { ...state, nextDoc: state.nextDoc + docs.length, lastId: last.id };
    return [await this.#write(state, to, docs, []), docs.length];
  }

  /** A slice of a block. */
  async #merge(): Promise<boolean> {
    const { store } = this.#parts;
    this.#merging ??= await store.toMerge();
    if (!this.#merging) return false;
    this.#merging = await store.merge(this.#merging, this.#pace.mergedRows);
    return true;
  }

  async #indexOld(state: State): Promise<boolean> {
    if (state.backId === null) return false;
    const found = await this.#parts.store.older(state.backId, this.#docsAtMost);
    const docs = found.map((message, index) => ({ doc: state.backDoc - index, message }));
    const to = { ...state, backDoc: state.backDoc - docs.length, backId: found.at(-1)?.id ?? null };
    await this.#write(state, to, docs, []);
    return true;
  }

  /** Edits, and what came out of order, from one conversation to the next. */
  async #indexChanges(state: State): Promise<[State | null, boolean]> {
    const { store } = this.#parts;
    const pace = this.#pace;
    const behind = await store.behind(this.#sweepsFrom, pace.conversations);
    this.#sweepsFrom = behind.at(-1)?.id ?? leastId;
    if (behind.length === 0) {
      const hadMore = this.#hasSwept;
      this.#hasSwept = false;
      this.#sweepsAt = performance.now() + (hadMore ? 0 : sweepsEveryMs);
      return [state, hadMore];
    }
    const { rows, share } = await store.changed(behind, pace.changes);
    const looked = lookThrough(state, behind, { rows, share, farId: idFromNow(futureMs) });
    const found =
      looked.wanted.length === 0
        ? []
        : await store.named(
            looked.wanted.map(({ id }) => id),
            this.#docsAtMost,
          );
    const marks = marksAfter(looked, new Set(found.map(({ id }) => id)), behind);
    if (found.length === 0 && marks.length === 0) {
      // All of it is new: it comes with the new messages.
      this.#sweepsAt = performance.now() + sweepsEveryMs;
      return [state, false];
    }
    this.#hasSwept = true;
    const docs = found.map((message, index) => ({ doc: state.lateDoc + index, message }));
    return [await this.#write(state, { ...state, lateDoc: state.lateDoc + docs.length }, docs, marks), true];
  }

  /**
   * Writes a step. One that fails is made smaller until the message is found that cannot be indexed, and that one is passed over.
   */
  async #write(from: State, to: Place, docs: readonly Doc[], marks: Marks): Promise<State | null> {
    const { store, termsOf } = this.#parts;
    const built: Step = { ...(await build(docs, termsOf)), marks };
    this.#report(built);
    try {
      const after = await store.write(from, to, built);
      this.#most = Math.min(paces.low.docs, this.#most * 2);
      return after;
    } catch (error) {
      if (isConnectionFailure(error) || (isAppError(error) && error.code === 'unavailable')) throw error;
      if (docs.length > 1) {
        this.#most = Math.max(1, docs.length >> 1);
        return null;
      }
      const passed = docs.map(({ message }) => ({ message, reason: reasonOf(error) }));
      const empty: Step = { docs, postings: [], passed, marks };
      this.#report(empty);
      return store.write(from, to, empty);
    }
  }

  #report({ passed }: Built): void {
    if (passed.length === 0) return;
    this.#parts.passed?.(passed.length);
    for (const { message, reason } of passed)
      this.#parts.logger.error('a message could not be indexed for search and is passed over', {
        event: 'search.message_passed',
        messageId: message.id,
        conversationId: message.conversation_id,
        reason,
      });
  }
}

interface Looked {
  readonly wanted: readonly Pick<Source, 'id'>[];
  /** Of each conversation: up to where it was looked at, and the revs of what has to be indexed. */
  readonly reached: ReadonlyMap<string, { readonly rev: number; readonly wanted: readonly { id: string; rev: number }[] }>;
}

interface Found {
  readonly rows: readonly Changed[];
  /** As many rows of a conversation: there may be more. */
  readonly share: number;
  readonly farId: string;
}

function lookThrough({ lastId, backId }: State, behind: readonly Behind[], { rows, share, farId }: Found): Looked {
  const wanted: { id: string }[] = [];
  const changes = new Map<string, Changed[]>();
  for (const row of rows) {
    const own = changes.get(row.conversation_id);
    if (own) own.push(row);
    else changes.set(row.conversation_id, [row]);
  }
  const reached = new Map<string, { rev: number; wanted: { id: string; rev: number }[] }>();
  for (const { id: conversationId, rev } of behind) {
    const own = changes.get(conversationId) ?? [];
    const seen = { rev: own.length < share ? rev : (own.at(-1)?.rev ?? rev), wanted: [] as { id: string; rev: number }[] };
    for (const row of own) {
      if (row.id > lastId && row.id < farId) {
        // It comes with the new ones.
        seen.rev = row.rev - 1;
        break;
      }
      const comesLater = backId !== null && row.id < backId;
      if (row.is_deleted || comesLater || (row.has_doc && !row.is_edited)) continue;
      seen.wanted.push({ id: row.id, rev: row.rev });
      wanted.push({ id: row.id });
    }
    reached.set(conversationId, seen);
  }
  return { wanted, reached };
}

/** No further than to the first message that was left for the next step. */
function marksAfter({ reached }: Looked, taken: ReadonlySet<string>, behind: readonly Behind[]): Marks {
  return behind.flatMap(({ id, mark }) => {
    const seen = reached.get(id);
    const left = seen?.wanted.find((one) => !taken.has(one.id));
    const rev = left ? left.rev - 1 : (seen?.rev ?? mark);
    return rev > mark ? [[id, rev] as const] : [];
  });
}
