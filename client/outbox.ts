import type { Message } from '../src/contracts/chat/messages.ts';
import { BackOff, whileAway } from './back-off.ts';
import type { OutboxEntry, SendingPause, SentMessage } from './client.ts';
import { asClientError, ClientError, storageOf } from './client-error.ts';
import type { OutboxStore } from './options.ts';
import { type Acked, OutboxRecord } from './outbox-record.ts';
import { Cell } from './readable.ts';
import type { Exclusively } from './platform.ts';
import type { Timers } from './timers.ts';
import { faultOf, isFinal } from './sendable.ts';
import { newUuid } from './uuid.ts';

export interface Draft {
  readonly text: string;
  readonly replyTo?: string | null;
  readonly threadRootId?: string | null;
  /** Files that it waits for. */
  readonly uploadIds?: readonly string[];
}

export interface OutboxParts {
  readonly store: OutboxStore;
  readonly timers: Timers;
  readonly exclusively: Exclusively;
  readonly isConnected: () => boolean;
  /** False while files of the entry are on their way: those behind it go first. */
  readonly isReady: (entry: OutboxEntry) => boolean;
  readonly deliver: (entry: OutboxEntry) => Promise<Acked>;
  /** Whether the log has passed this change already, so that its message will not arrive again. */
  readonly isPast: (conversationId: string, rev: number) => boolean;
  /** An acked message has not arrived after a while: the hint was lost. */
  readonly onLate: () => void;
  readonly onChange: (conversationId: string) => void;
}

const entriesAtMost = 1_000;
const conversationsAtOnce = 8;
const arrivesWithinMs = 1_500;
const storeWithinMs = 3_000;

/** Messages that wait to be acked. In each conversation one is on its way at a time, in the order written; what fails for a reason that may
 *  pass is sent again under the same `clientMessageId`, for as long as it takes. */
export class Outbox {
  readonly entries = new Cell<readonly OutboxEntry[]>([]);
  readonly pause = new Cell<SendingPause | null>(null);
  readonly #parts: OutboxParts;
  readonly #records = new Map<string, OutboxRecord>();
  readonly #byConversation = new Map<string, OutboxRecord[]>();
  readonly #busy = new Set<string>();
  readonly #backOffs = new Map<string, BackOff>();
  /** Conversations that wait before they send again, and how to end that. */
  readonly #pauses = new Map<string, () => void>();
  #userId: string | null = null;
  /** The store was read: what stands in it goes first. */
  #isRead = false;
  #lastCreatedAt = 0;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Loads the entries of this person; those of others stay in the store unsent. */
  async open(userId: string): Promise<void> {
    if (this.#userId !== userId) this.close();
    this.#userId = userId;
    await this.resume();
  }

  /** Nobody is signed in; what was not sent stays in the store. */
  close(): void {
    this.#userId = null;
    this.#isRead = false;
    this.#forgetAll();
  }

  /** The connection is there: look for what a closed tab left behind, and send. */
  async resume(): Promise<void> {
    const userId = this.#userId;
    if (userId === null) return;
    this.#endPauses();
    this.#settleThePast();
    const kept = await this.#unless(this.#parts.store.load(userId), []);
    if (userId !== this.#userId) return;
    for (const entry of kept) {
      if (this.#records.has(entry.clientMessageId)) continue;
      const record = new OutboxRecord(entry);
      if (entry.state === 'sending') record.become('waiting');
      this.#lastCreatedAt = Math.max(this.#lastCreatedAt, entry.createdAt);
      this.#keep(record);
    }
    this.#isRead = true;
    this.#pump();
  }

  add(conversationId: string, draft: Draft): SentMessage {
    const record = new OutboxRecord(this.#entryOf(conversationId, draft));
    const { clientMessageId } = record.entry;
    const refusal = this.#refusal(record.entry);
    if (refusal) record.reject(refusal);
    if (refusal?.code === 'validation_failed') record.become('failed', refusal.code);
    if (!refusal || refusal.code === 'validation_failed') {
      this.#keep(record);
      this.#save(record);
      this.#pump();
    }
    return { clientMessageId, acked: record.acked };
  }

  retry(clientMessageId: string): void {
    const record = this.#records.get(clientMessageId);
    if (record?.entry.state !== 'failed') return;
    record.become('waiting');
    this.#save(record);
    this.#publish(record.entry.conversationId);
    this.#pump();
  }

  discard(clientMessageId: string): void {
    const record = this.#records.get(clientMessageId);
    if (!record || record.receipt) return;
    record.reject(new ClientError('client_closed', { detail: 'The message was discarded.' }));
    this.#remove(record);
  }

  /** Files that messages wait for have come. */
  readonly wake = (): void => {
    this.#pump();
  };

  /** A message of this person is in the log: it counts as sent, whatever the ack says later. */
  arrived(message: Message): void {
    const record = this.#records.get(message.clientMessageId);
    if (record?.entry.conversationId !== message.conversationId) return;
    record.resolve(message);
    this.#remove(record);
  }

  pendingOf(conversationId: string): readonly OutboxEntry[] {
    return this.#byConversation.get(conversationId)?.map(({ entry }) => entry) ?? [];
  }

  /** Forgets everything of this person, also in the store. */
  async clear(userId: string): Promise<void> {
    if (this.#userId === userId) this.close();
    await this.#unless(this.#parts.store.clear(userId), undefined);
  }

  #entryOf(conversationId: string, { text, replyTo, threadRootId, uploadIds = [] }: Draft): OutboxEntry {
    // Strictly rising, since a reload sends them in this order.
    this.#lastCreatedAt = Math.max(this.#parts.timers.now(), this.#lastCreatedAt + 1);
    return {
      clientMessageId: newUuid(),
      conversationId,
      text,
      replyTo: replyTo ?? null,
      threadRootId: threadRootId ?? null,
      ...(uploadIds.length > 0 ? { uploadIds } : {}),
      createdAt: this.#lastCreatedAt,
      state: 'waiting',
      code: null,
    };
  }

  /** Fails what the server would certainly refuse: a frame above its limit closes the connection, and each retry would again. */
  #refusal(entry: OutboxEntry): ClientError | null {
    if (this.#userId === null) return new ClientError('unauthenticated', { detail: 'Sign in first.' });
    if (this.#records.size >= entriesAtMost) {
      return new ClientError('rate_limited', { detail: `${String(entriesAtMost)} messages wait already.`, retryAfter: 5 });
    }
    const fault = faultOf(entry);
    return fault === null ? null : new ClientError('validation_failed', { detail: fault });
  }

  #pump(): void {
    if (!this.#isRead || !this.#parts.isConnected()) return;
    for (const conversationId of this.#byConversation.keys()) {
      if (this.#busy.size >= conversationsAtOnce) return;
      if (!this.#busy.has(conversationId)) this.#sendNext(conversationId);
    }
  }

  #sendNext(conversationId: string): void {
    const record = this.#byConversation.get(conversationId)?.find(({ isWaiting, entry }) => isWaiting && this.#parts.isReady(entry));
    const userId = this.#userId;
    if (!record || userId === null) return;
    this.#busy.add(conversationId);
    this.#parts
      .exclusively(`confab-outbox:${userId}:${conversationId}`, () => this.#send(record, userId))
      .catch((error: unknown) => this.#refused(record, asClientError(error)))
      .then((waitMs) => {
        this.#free(conversationId, waitMs);
      })
      .catch(() => undefined);
  }

  /** Returns how long its conversation pauses before it sends again, ms. */
  async #send(record: OutboxRecord, userId: string): Promise<number> {
    const { clientMessageId, conversationId } = record.entry;
    const isStored = await record.stored;
    if (this.#records.get(clientMessageId) !== record) return 0;
    if (isStored && !(await this.#unless(this.#parts.store.has(userId, clientMessageId), true))) {
      // Another tab sent it, or discarded it.
      this.#remove(record);
      return 0;
    }
    // The person may have changed while the store was asked.
    if (this.#records.get(clientMessageId) !== record) return 0;
    record.become('sending');
    this.#publish(conversationId);
    const acked = await this.#parts.deliver(record.entry);
    this.#backOffs.delete(conversationId);
    this.pause.set(null);
    record.resolve(acked);
    if (this.#records.get(clientMessageId) === record) await this.#acknowledge(record, userId);
    return 0;
  }

  /** Shown as on its way until its message arrives, so that it is never absent and never double. */
  async #acknowledge(record: OutboxRecord, userId: string): Promise<void> {
    const { clientMessageId, conversationId } = record.entry;
    const rev = record.receipt?.rev ?? 0;
    await this.#unless(this.#parts.store.remove(userId, clientMessageId), undefined);
    if (this.#parts.isPast(conversationId, rev)) {
      this.#remove(record);
      return;
    }
    this.#parts.timers.after(arrivesWithinMs, () => {
      if (this.#records.get(clientMessageId) !== record) return;
      if (this.#parts.isPast(conversationId, rev)) this.#remove(record);
      else this.#parts.onLate();
    });
  }

  #refused(record: OutboxRecord, error: ClientError): number {
    const { conversationId, clientMessageId } = record.entry;
    if (this.#records.get(clientMessageId) !== record) return 0;
    if (isFinal(error)) {
      record.become('failed', error.code);
      record.reject(error);
      this.#save(record);
      this.#publish(conversationId);
      return 0;
    }
    record.become('waiting', error.code);
    this.#publish(conversationId);
    const backOff = this.#backOffs.get(conversationId) ?? new BackOff(whileAway, this.#parts.timers);
    this.#backOffs.set(conversationId, backOff);
    const waitMs = backOff.next(error.retryAfter);
    this.pause.set({ code: error.code, until: this.#parts.timers.now() + waitMs, ...storageOf(error) });
    return waitMs;
  }

  #free(conversationId: string, waitMs: number): void {
    const go = (): void => {
      this.#pauses.delete(conversationId);
      this.#busy.delete(conversationId);
      this.#pump();
    };
    // Without a connection there is nothing to wait for but the next one, which pumps.
    if (waitMs === 0 || !this.#parts.isConnected()) go();
    else this.#pauses.set(conversationId, this.#parts.timers.after(waitMs, go));
  }

  #endPauses(): void {
    for (const [conversationId, cancel] of this.#pauses) {
      cancel();
      this.#busy.delete(conversationId);
    }
    this.#pauses.clear();
    this.pause.set(null);
  }

  #save(record: OutboxRecord): void {
    const userId = this.#userId;
    if (userId === null) return;
    const put = this.#parts.store.put(userId, record.entry).then(() => true);
    record.stored = this.#unless(put, false);
  }

  /** A browser's database may fail, or never answer: then messages live in memory alone, and are sent. */
  #unless<T>(asked: Promise<T>, otherwise: T): Promise<T> {
    return new Promise((resolve) => {
      const giveUp = (): void => {
        stop();
        resolve(otherwise);
      };
      const stop = this.#parts.timers.after(storeWithinMs, giveUp);
      asked.then((value) => {
        stop();
        resolve(value);
      }, giveUp);
    });
  }

  /** Acked before the connection was lost, and in the log by what was caught up since. */
  #settleThePast(): void {
    for (const record of [...this.#records.values()]) {
      if (record.receipt && this.#parts.isPast(record.entry.conversationId, record.receipt.rev)) this.#remove(record);
    }
  }

  #keep(record: OutboxRecord): void {
    const { clientMessageId, conversationId } = record.entry;
    this.#records.set(clientMessageId, record);
    const records = [...(this.#byConversation.get(conversationId) ?? []), record];
    this.#byConversation.set(
      conversationId,
      records.sort((a, b) => a.entry.createdAt - b.entry.createdAt),
    );
    this.#publish(conversationId);
  }

  #remove(record: OutboxRecord): void {
    const { clientMessageId, conversationId } = record.entry;
    if (!this.#records.delete(clientMessageId)) return;
    const rest = this.#byConversation.get(conversationId)?.filter((one) => one !== record) ?? [];
    if (rest.length > 0) this.#byConversation.set(conversationId, rest);
    else this.#byConversation.delete(conversationId);
    const userId = this.#userId;
    if (userId !== null) record.stored.then(() => this.#parts.store.remove(userId, clientMessageId)).catch(() => undefined);
    this.#publish(conversationId);
  }

  #forgetAll(): void {
    const conversationIds = [...this.#byConversation.keys()];
    for (const record of this.#records.values()) record.reject(new ClientError('client_closed', { detail: 'Its sender signed out.' }));
    this.#records.clear();
    this.#byConversation.clear();
    this.#backOffs.clear();
    this.pause.set(null);
    for (const id of conversationIds) this.#publish(id);
  }

  #publish(conversationId: string): void {
    this.entries.set(
      [...this.#byConversation.values()]
        .flat()
        .map(({ entry }) => entry)
        .sort((a, b) => a.createdAt - b.createdAt),
    );
    this.#parts.onChange(conversationId);
  }
}
