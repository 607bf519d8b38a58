import { BackOff, whileAway } from '../back-off.ts';
import type { UploadHandle } from '../client.ts';
import { asClientError, ClientError } from '../client-error.ts';
import type { UploadAnswer, UploadRequest } from '../http.ts';
import type { UploadStore } from '../options.ts';
import type { Exclusively } from '../platform.ts';
import type { Cell } from '../readable.ts';
import { isFinal } from '../sendable.ts';
import type { Timers } from '../timers.ts';
import { newUuid } from '../uuid.ts';
import { refused, Transfer } from './transfer.ts';
import { UploadRecord } from './upload-record.ts';

export interface UploadsParts {
  readonly store: UploadStore;
  readonly timers: Timers;
  readonly exclusively: Exclusively;
  readonly ask: (request: UploadRequest) => Promise<UploadAnswer>;
  /** Where the uploads of a conversation are shown. */
  readonly of: (conversationId: string) => Cell<readonly UploadHandle[]>;
  /** The files of a message that waits for them changed. */
  readonly onChange: () => void;
}

const atOnce = 3;
const uploadsAtMost = 200;
/** The bytes of larger files do not survive a reload: writing them would take as long as sending them. */
const largestKept = 256 * 2 ** 20;
const storeWithinMs = 3_000;

/** Files on their way to the server, beside the messages and never before them. */
export class Uploads {
  readonly #parts: UploadsParts;
  readonly #records = new Map<string, UploadRecord>();
  readonly #running = new Set<UploadRecord>();
  readonly #transfers = new WeakMap<UploadRecord, { transfer: Transfer; backOff: BackOff }>();
  /** Those that wait before they try again, and how to end that. */
  readonly #pauses = new Map<UploadRecord, () => void>();
  #userId: string | null = null;
  /** False until what is kept was read: till then nobody can say that a file is lost. */
  #isRead = false;
  #lastCreatedAt = 0;

  constructor(parts: UploadsParts) {
    this.#parts = parts;
  }

  async open(userId: string): Promise<void> {
    if (this.#userId !== userId) this.close();
    this.#userId = userId;
    await this.resume();
  }

  /** Nobody is signed in; what is kept stays there. */
  close(): void {
    this.#userId = null;
    this.#isRead = false;
    for (const record of [...this.#records.values()]) this.#drop(record, 'Its person signed out.');
  }

  /** The connection is there: go on with what waits, also with what a closed tab left behind. */
  async resume(): Promise<void> {
    const userId = this.#userId;
    if (userId === null) return;
    for (const end of this.#pauses.values()) end();
    this.#pauses.clear();
    const kept = await this.#unless(this.#parts.store.load(userId), []);
    if (userId !== this.#userId) return;
    for (const upload of kept) {
      if (this.#records.has(upload.id)) continue;
      const record = new UploadRecord(upload, { asked: this.#asked });
      // Its bytes were too large to be kept.
      if (!record.file && !upload.attachment) record.become({ status: 'failed', code: 'not_found' });
      this.#lastCreatedAt = Math.max(this.#lastCreatedAt, upload.createdAt);
      this.#keep(record);
    }
    this.#isRead = true;
    this.#pump();
    this.#parts.onChange();
  }

  add(conversationId: string, file: Blob, { name }: { name?: string } = {}): UploadHandle {
    const ownName = 'name' in file && typeof file.name === 'string' ? file.name : 'file';
    this.#lastCreatedAt = Math.max(this.#parts.timers.now(), this.#lastCreatedAt + 1);
    const record = new UploadRecord(
      {
        id: newUuid(),
        conversationId,
        clientMessageId: null,
        name: name ?? ownName,
        size: file.size,
        mimeType: file.type === '' ? 'application/octet-stream' : file.type,
        createdAt: this.#lastCreatedAt,
        attachment: null,
        status: 'waiting',
        code: null,
        path: null,
        file,
      },
      { asked: this.#asked },
    );
    const refusal = this.#refusal();
    if (refusal) {
      record.become({ status: 'failed', code: refusal.code });
      record.reject(refusal);
      return record;
    }
    this.#keep(record);
    this.#save(record);
    this.#pump();
    return record;
  }

  /** They go with this message: it waits for them. */
  belong(ids: readonly string[], clientMessageId: string): void {
    for (const id of ids) {
      const record = this.#records.get(id);
      record?.become({ clientMessageId });
      if (record) this.#save(record);
    }
  }

  /** Whether a message that waits for these has nothing more to wait for: they are up, or some are lost, which `attachmentIds` says. */
  areSettled(ids: readonly string[]): boolean {
    return this.#isRead && ids.every((id) => !this.#records.has(id) || this.#records.get(id)?.status === 'done');
  }

  /** Throws where one of them is on this device no more. */
  attachmentIds(ids: readonly string[]): readonly string[] {
    return ids.map((id) => {
      const attachment = this.#records.get(id)?.state.get().attachment;
      if (attachment) return attachment.id;
      throw refused('not_found', { status: 404, detail: 'A file of this message is on this device no more: attach it again.' });
    });
  }

  /** The message has them, or is discarded. */
  ended(clientMessageId: string, how: 'sent' | 'discarded'): void {
    for (const record of [...this.#records.values()]) {
      if (record.state.get().clientMessageId !== clientMessageId) continue;
      if (how === 'discarded') this.#cancel(record);
      else this.#forget(record, 'Its message was sent.');
    }
  }

  async clear(userId: string): Promise<void> {
    if (this.#userId === userId) this.close();
    await this.#unless(this.#parts.store.clear(userId), undefined);
  }

  readonly #asked = (record: UploadRecord, wish: 'pause' | 'resume' | 'retry' | 'cancel'): void => {
    if (!this.#records.has(record.id)) return;
    const { status, clientMessageId } = record.state.get();
    if (wish === 'cancel') {
      if (clientMessageId === null) this.#cancel(record);
    } else if (wish === 'pause') {
      if (status === 'waiting' || status === 'uploading') this.#halt(record);
    } else if (status === (wish === 'resume' ? 'paused' : 'failed') && record.file) {
      record.become({ status: 'waiting', code: null });
      this.#save(record);
      this.#pump();
    }
  };

  #halt(record: UploadRecord): void {
    record.become({ status: 'paused', code: null });
    this.#endPause(record);
    record.stop();
    this.#save(record);
    this.#pump();
  }

  #cancel(record: UploadRecord): void {
    const { transfer } = this.#transferOf(record) ?? {};
    this.#forget(record, 'The upload was cancelled.');
    // Otherwise it expires there.
    transfer?.cancel().catch(() => undefined);
  }

  #refusal(): ClientError | null {
    if (this.#userId === null) return new ClientError('unauthenticated', { detail: 'Sign in first.' });
    if (this.#records.size < uploadsAtMost) return null;
    return new ClientError('rate_limited', { detail: `${String(uploadsAtMost)} files wait already.`, retryAfter: 5 });
  }

  #pump(): void {
    if (!this.#isRead) return;
    for (const record of this.#records.values()) {
      if (this.#running.size >= atOnce) return;
      if (record.status !== 'waiting' || this.#running.has(record) || this.#pauses.has(record)) continue;
      this.#running.add(record);
      this.#run(record)
        .catch((error: unknown) => {
          this.#failed(record, asClientError(error));
        })
        .finally(() => {
          this.#running.delete(record);
          this.#pump();
        })
        .catch(() => undefined);
    }
  }

  /** One tab at a time sends a file. */
  #run(record: UploadRecord): Promise<void> {
    return this.#parts.exclusively(`confab-upload:${record.id}`, async () => {
      if (!(await this.#isStillToDo(record))) return;
      const own = this.#transferOf(record);
      if (!own || record.status !== 'waiting') return;
      const stop = new AbortController();
      record.stop = () => {
        stop.abort();
      };
      record.become({ status: 'uploading', code: null });
      const attachment = await own.transfer.run(stop.signal);
      if (!this.#records.has(record.id)) return;
      record.finish(attachment);
      this.#save(record);
      this.#parts.onChange();
    });
  }

  /** Another tab may have sent it, or cancelled it. */
  async #isStillToDo(record: UploadRecord): Promise<boolean> {
    const userId = this.#userId;
    if (userId === null || !(await record.stored)) return userId !== null;
    const kept = await this.#unless(this.#parts.store.get(userId, record.id), record.kept(largestKept));
    if (!this.#records.has(record.id)) return false;
    if (!kept) this.#drop(record, 'It was cancelled in another tab.');
    else if (kept.attachment) {
      record.become({ clientMessageId: kept.clientMessageId });
      record.finish(kept.attachment);
      this.#parts.onChange();
    } else return true;
    return false;
  }

  #failed(record: UploadRecord, error: ClientError): void {
    // Paused, cancelled or signed out meanwhile.
    if (!this.#records.has(record.id) || record.status === 'paused') return;
    const own = this.#transferOf(record);
    const proxyLimit = own?.transfer.proxyLimit ?? null;
    if (isFinal(error)) {
      record.become({ status: 'failed', code: error.code, proxyLimit });
      this.#save(record);
      return;
    }
    record.become({ status: 'waiting', code: error.code, proxyLimit });
    const waitMs = own?.backOff.next(error.retryAfter) ?? 0;
    this.#pauses.set(
      record,
      this.#parts.timers.after(waitMs, () => {
        this.#pauses.delete(record);
        this.#pump();
      }),
    );
  }

  #transferOf(record: UploadRecord): { transfer: Transfer; backOff: BackOff } | null {
    const known = this.#transfers.get(record);
    if (known || !record.file) return known ?? null;
    const { name, mimeType } = record.state.get();
    const backOff = new BackOff(whileAway, this.#parts.timers);
    const transfer: Transfer = new Transfer(
      {
        ask: this.#parts.ask,
        timers: this.#parts.timers,
        onAddress: (path) => {
          record.path = path;
          this.#save(record);
        },
        onSent: (sent) => {
          if (sent > record.state.get().sent) backOff.reset();
          record.become({ sent, code: null, proxyLimit: transfer.proxyLimit });
        },
      },
      { file: record.file, name, mimeType },
      record.path,
    );
    this.#transfers.set(record, { transfer, backOff });
    return { transfer, backOff };
  }

  #keep(record: UploadRecord): void {
    this.#records.set(record.id, record);
    this.#publish(record);
  }

  /** Also in the store. */
  #forget(record: UploadRecord, why: string): void {
    const userId = this.#userId;
    this.#drop(record, why);
    if (userId !== null) record.stored.then(() => this.#parts.store.remove(userId, record.id)).catch(() => undefined);
  }

  #drop(record: UploadRecord, why: string): void {
    if (!this.#records.delete(record.id)) return;
    this.#endPause(record);
    record.stop();
    record.reject(new ClientError('client_closed', { detail: why }));
    this.#publish(record);
    this.#pump();
  }

  #endPause(record: UploadRecord): void {
    this.#pauses.get(record)?.();
    this.#pauses.delete(record);
  }

  #publish(record: UploadRecord): void {
    const { conversationId } = record.state.get();
    this.#parts.of(conversationId).set([...this.#records.values()].filter((one) => one.state.get().conversationId === conversationId));
  }

  #save(record: UploadRecord): void {
    const userId = this.#userId;
    if (userId === null || !this.#records.has(record.id)) return;
    // One after the other: a later state is not overtaken by an earlier one.
    const put = record.stored.then(() => this.#parts.store.put(userId, record.kept(largestKept))).then(() => true);
    record.stored = this.#unless(put, false);
  }

  /** A browser's database may fail, or never answer: then files live in memory alone, and are sent. */
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
}
