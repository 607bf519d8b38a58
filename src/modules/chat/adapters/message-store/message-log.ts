import type { Message } from '../../../../contracts/chat/messages.ts';
import { AppError, isAppError } from '../../../../kernel/errors.ts';
import { type Draft, sendKey } from '../../domain/drafts.ts';
import { StaleAuthorisation } from '../../ports.ts';
import { Rests } from './rests.ts';

/** Writes a batch of drafts in one go. */
export interface LogWriter {
  /**
   * For each draft its message, placed in the order given within its conversation; the first one for a draft that was
   * sent before; null where the draft's authorisation no longer holds. The drafts of a conversation are let through or
   * refused together. No two drafts have one key. Writes may overlap, but no two of them touch one conversation. Live
   * subscribers have received the messages when it resolves; when it rejects, nothing is written or (an `AppError`)
   * nobody knows.
   */
  write(drafts: readonly Draft[]): Promise<readonly (Message | null)[]>;
}

/** Sees each batch after it was written. */
export interface LogMeter {
  wrote(batch: { messages: number; seconds: number }): void;
}

interface Waiting {
  readonly draft: Draft;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

/** A batch on its way to the store. */
interface Write {
  readonly batch: readonly Waiting[];
  readonly conversationIds: ReadonlySet<string>;
  readonly startedAt: number;
  ended: Promise<void>;
}

const perBatch = 500;
const bytesPerBatch = 1_000_000;
const waitingAtMost = 20_000;
const bytesWaitingAtMost = 64_000_000;
const changesWaitingAtMost = 5_000;
/** Another write starts beside running ones when this many drafts wait, and no fewer than are being written. */
const worthAWrite = 24;
const writesAtMost = 3;
/** With this many writes running, the process is busy while the disk works: further writes would only be smaller. */
const overlapAtMost = 128;

/**
 * The log of messages with group commit: drafts that arrive while a write is in flight are written together by the
 * next, and each is answered after its commit. An idle log writes at once. Writes overlap where enough drafts wait for
 * conversations that none of those in flight touches: else the process would be idle while the disk works. The drafts of
 * a conversation that is being written or changed wait aside, so that each conversation has one write at a time.
 */
export class MessageLog {
  readonly #writer: LogWriter;
  readonly #meter: LogMeter | undefined;
  readonly #rests = new Rests();
  /** Under way, few; not in a Set, for the reason that `Deadlines` has. */
  #writes: readonly Write[] = [];
  /** Conversations that are being changed: their drafts wait. */
  readonly #held = new Set<string>();
  /** The last change of each conversation that has one waiting or under way. */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** Drafts that may be written, in order of arrival. */
  #ready: Waiting[] = [];
  /** Drafts of conversations that are being written or changed. */
  readonly #aside = new Map<string, Waiting[]>();
  #waitingCount = 0;
  #waitingBytes = 0;
  #writingCount = 0;
  #changesWaiting = 0;
  #waking: NodeJS.Timeout | null = null;

  constructor(writer: LogWriter, meter?: LogMeter) {
    this.#writer = writer;
    this.#meter = meter;
  }

  /** Drafts that wait to be written. */
  get depth(): number {
    return this.#waitingCount;
  }

  /** See `MessageStore.append`. */
  append(draft: Draft): Promise<Message> {
    if (this.#waitingCount >= waitingAtMost || this.#waitingBytes > bytesWaitingAtMost) return Promise.reject(busy());
    return new Promise((resolve, reject) => {
      const waiting = { draft, resolve, reject };
      this.#waitingCount++;
      this.#waitingBytes += draft.text.length;
      if (this.#isClosed(draft.conversationId)) this.#setAside(waiting);
      else {
        this.#ready.push(waiting);
        this.#kick();
      }
    });
  }

  /**
   * Runs a change of one conversation between its appends, so that subscribers receive revs in their order. Between two
   * changes the appends that wait get their turn, so that neither kind starves the other. Rejects with `rate_limited`
   * when too many wait.
   */
  async exclusively<T>(conversationId: string, work: () => Promise<T>): Promise<T> {
    if (this.#changesWaiting >= changesWaitingAtMost) throw busy();
    this.#changesWaiting++;
    const turn = this.#turn(this.#turns.get(conversationId), conversationId, work);
    this.#turns.set(conversationId, turn);
    try {
      return await turn;
    } finally {
      this.#changesWaiting--;
      if (this.#turns.get(conversationId) === turn) this.#turns.delete(conversationId);
    }
  }

  async #turn<T>(before: Promise<unknown> | undefined, conversationId: string, work: () => Promise<T>): Promise<T> {
    if (before) {
      await before.catch(() => undefined);
      await this.#writeOf(conversationId)?.ended;
    }
    this.#held.add(conversationId);
    this.#sortOut();
    try {
      await this.#writeOf(conversationId)?.ended;
      return await work();
    } finally {
      this.#held.delete(conversationId);
      // At once, however many writes are running: the next change of this conversation must not wait for a write that has not started.
      if (this.#reopen(conversationId)) this.#begin();
      else this.#kick();
    }
  }

  #writeOf(conversationId: string): Write | undefined {
    for (const write of this.#writes) if (write.conversationIds.has(conversationId)) return write;
    return undefined;
  }

  #isClosed(conversationId: string): boolean {
    return this.#held.has(conversationId) || this.#writeOf(conversationId) !== undefined;
  }

  #setAside(waiting: Waiting): void {
    const others = this.#aside.get(waiting.draft.conversationId);
    if (others) others.push(waiting);
    else this.#aside.set(waiting.draft.conversationId, [waiting]);
  }

  /** Sets aside drafts of conversations that are being written or changed: a later draft of one must not overtake them. */
  #sortOut(): void {
    if (this.#ready.length === 0) return;
    const ready: Waiting[] = [];
    for (const waiting of this.#ready) {
      if (this.#isClosed(waiting.draft.conversationId)) this.#setAside(waiting);
      else ready.push(waiting);
    }
    this.#ready = ready;
  }

  /** Returns whether drafts of this conversation waited and can be written now. */
  #reopen(conversationId: string): boolean {
    const waiting = this.#aside.get(conversationId);
    if (!waiting || this.#isClosed(conversationId)) return false;
    this.#aside.delete(conversationId);
    for (const each of waiting) this.#ready.push(each);
    return true;
  }

  #kick(): void {
    const count = this.#ready.length;
    if (count === 0) return;
    if (this.#writes.length > 0) {
      if (this.#isWorthOverlapping(count)) this.#begin();
      return;
    }
    const restMs = count < worthAWrite ? this.#rests.until - performance.now() : 0;
    if (restMs <= 0) this.#begin();
    else this.#waking ??= setTimeout(this.#begin, restMs);
  }

  #isWorthOverlapping(count: number): boolean {
    const isFew = this.#writingCount + this.#waitingCount <= overlapAtMost;
    return isFew && this.#writes.length < writesAtMost && count >= Math.max(worthAWrite, this.#writingCount);
  }

  readonly #begin = (): void => {
    if (this.#waking) clearTimeout(this.#waking);
    this.#waking = null;
    if (this.#ready.length === 0) return;
    const batch = this.#take();
    const conversationIds = new Set(batch.map(({ draft }) => draft.conversationId));
    const write: Write = { batch, conversationIds, startedAt: performance.now(), ended: Promise.resolve() };
    this.#writes = [...this.#writes, write];
    this.#writingCount += batch.length;
    this.#sortOut();
    write.ended = this.#write(batch).finally(() => {
      this.#end(write);
    });
  };

  #end(write: Write): void {
    this.#writes = this.#writes.filter((other) => other !== write);
    this.#writingCount -= write.batch.length;
    this.#rests.wrote({ startedAt: write.startedAt, endedAt: performance.now(), othersWait: this.#waitingCount > 0 });
    if (this.#aside.size > 0) for (const conversationId of write.conversationIds) this.#reopen(conversationId);
    this.#kick();
  }

  /** The next batch in order of arrival. */
  #take(): Waiting[] {
    let [count, bytes] = [0, 0];
    while (count < this.#ready.length && count < perBatch && bytes < bytesPerBatch) bytes += this.#ready[count++]?.draft.text.length ?? 0;
    this.#waitingCount -= count;
    this.#waitingBytes -= bytes;
    const batch = this.#ready;
    this.#ready = batch.splice(count);
    return batch;
  }

  /** Never rejects: an error rejects the promises of the drafts. */
  async #write(batch: readonly Waiting[]): Promise<void> {
    const { drafts, places } = withoutRepeats(batch);
    const startedAt = performance.now();
    try {
      const messages = await this.#writer.write(drafts);
      for (let index = 0; index < batch.length; index++) {
        const message = messages[places?.[index] ?? index];
        if (message) batch[index]?.resolve(message);
        else batch[index]?.reject(new StaleAuthorisation());
      }
      this.#meter?.wrote({ messages: drafts.length, seconds: (performance.now() - startedAt) / 1000 });
    } catch (error) {
      // An error that is no `AppError` is caused by one of the drafts: they are written one by one, so that only that one fails.
      if (batch.length > 1 && !isAppError(error)) await this.#writeApart(batch);
      else for (const { reject } of batch) reject(error as Error);
    }
  }

  async #writeApart(batch: readonly Waiting[]): Promise<void> {
    for (const waiting of batch) await this.#write([waiting]);
  }
}

const busy = (): AppError => new AppError('rate_limited', { detail: 'The server is busy; try again.', retryAfter: 1 });

/** Drafts without the repeats among them, and for each of the batch the index of its draft; null when nothing repeats. */
function withoutRepeats(batch: readonly Waiting[]): { drafts: readonly Draft[]; places: readonly number[] | null } {
  const indexOf = new Map<string, number>();
  const drafts: Draft[] = [];
  const places = batch.map(({ draft }) => {
    const key = sendKey(draft);
    const known = indexOf.get(key);
    if (known !== undefined) return known;
    indexOf.set(key, drafts.length);
    return drafts.push(draft) - 1;
  });
  return { drafts, places: drafts.length === batch.length ? null : places };
}
