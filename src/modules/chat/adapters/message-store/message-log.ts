import type { Message } from '../../../../contracts/chat/entities.ts';
import { AppError, isAppError } from '../../../../kernel/errors.ts';
import { type Draft, sendKey } from '../../domain/drafts.ts';
import { StaleAuthorisation } from '../../ports.ts';

/** Writes a batch of drafts in one go. */
export interface LogWriter {
  /**
   * For each draft its message, placed in the order given within its conversation; the first one for a draft that was
   * sent before; null where the draft's authorisation no longer holds. The drafts of a conversation are let through or
   * refused together. No two drafts have one key. Live subscribers have heard of the messages when it resolves; when it
   * rejects, nothing is written or (an `AppError`) nobody knows.
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

const perBatch = 500;
const bytesPerBatch = 1_000_000;
const waitingAtMost = 20_000;
const bytesWaitingAtMost = 64_000_000;
const changesWaitingAtMost = 5_000;
/**
 * A write costs the same work for one message as for twenty. After one the log rests a few times as long as it took, so
 * that a busy log writes more at once; as soon as `worthAWrite` wait, it does so without rest.
 */
const restsTimes = 4;
const restsAtMostMs = 8;
const worthAWrite = 24;

/**
 * The log of messages with group commit: drafts that arrive while a write is in flight are written together by the
 * next, and each is answered after its commit. An idle log writes at once.
 */
export class MessageLog {
  readonly #writer: LogWriter;
  readonly #meter: LogMeter | undefined;
  /** Conversations that are being changed: their drafts wait. */
  readonly #held = new Set<string>();
  /** The last change of each conversation that has one waiting or under way. */
  readonly #turns = new Map<string, Promise<unknown>>();
  #queue: Waiting[] = [];
  #queuedBytes = 0;
  #changesWaiting = 0;
  #writing: Promise<void> | null = null;
  /** Milliseconds of the process. */
  #restsUntil = 0;
  #waking: NodeJS.Timeout | null = null;

  constructor(writer: LogWriter, meter?: LogMeter) {
    this.#writer = writer;
    this.#meter = meter;
  }

  /** Drafts that wait for the write in flight. */
  get depth(): number {
    return this.#queue.length;
  }

  /** See `MessageStore.append`. */
  append(draft: Draft): Promise<Message> {
    if (this.#queue.length >= waitingAtMost || this.#queuedBytes > bytesWaitingAtMost) {
      return Promise.reject(busy());
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ draft, resolve, reject });
      this.#queuedBytes += draft.text.length;
      this.#kick();
    });
  }

  /**
   * Runs a change of one conversation between its appends, so that listeners hear revs in their order. Between two
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
      await this.#writing;
    }
    this.#held.add(conversationId);
    try {
      await this.#writing;
      return await work();
    } finally {
      this.#held.delete(conversationId);
      // Not after a rest: the next change of this conversation waits for no write that has not begun.
      this.#begin();
    }
  }

  #kick(): void {
    if (this.#writing || this.#queue.length === 0) return;
    const restMs = this.#queue.length < worthAWrite ? this.#restsUntil - performance.now() : 0;
    if (restMs <= 0) this.#begin();
    else this.#waking ??= setTimeout(this.#begin, restMs);
  }

  readonly #begin = (): void => {
    if (this.#waking) clearTimeout(this.#waking);
    this.#waking = null;
    if (this.#writing || this.#queue.length === 0) return;
    const batch = this.#take();
    if (batch.length === 0) return;
    const startedAt = performance.now();
    this.#writing = this.#write(batch).finally(() => {
      const endedAt = performance.now();
      this.#restsUntil = endedAt + Math.min((endedAt - startedAt) * restsTimes, restsAtMostMs);
      this.#writing = null;
      this.#kick();
    });
  };

  /** The next batch in order of arrival; what belongs to a held conversation stays. */
  #take(): Waiting[] {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    let bytes = 0;
    for (const waiting of this.#queue) {
      const isFull = batch.length >= perBatch || bytes >= bytesPerBatch;
      if (isFull || (this.#held.size > 0 && this.#held.has(waiting.draft.conversationId))) {
        rest.push(waiting);
        continue;
      }
      batch.push(waiting);
      bytes += waiting.draft.text.length;
    }
    this.#queue = rest;
    this.#queuedBytes -= bytes;
    return batch;
  }

  /** Never rejects: whatever happens goes to those who wait. */
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
      // What the store does not know as a failure of its own lies in one of the drafts: the others shall not share it.
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
