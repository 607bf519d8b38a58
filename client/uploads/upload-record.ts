import type { Attachment } from '../../src/contracts/chat/messages.ts';
import type { UploadHandle, UploadState } from '../client.ts';
import type { ClientError, ClientErrorCode } from '../client-error.ts';
import type { KeptUpload } from '../options.ts';
import { Cell } from '../readable.ts';

export interface RecordParts {
  /** What its person wants of it. */
  readonly asked: (record: UploadRecord, wish: 'pause' | 'resume' | 'retry' | 'cancel') => void;
}

/** A file on its way, as its person holds it. */
export class UploadRecord implements UploadHandle {
  readonly id: string;
  readonly state: Cell<UploadState>;
  readonly attached: Promise<Attachment>;
  file: Blob | null;
  /** Where the server has it, below the API. */
  path: string | null;
  /** Ends the request under way. */
  stop: () => void = () => undefined;
  /** What is kept of it was written, or could not be. */
  stored: Promise<boolean> = Promise.resolve(true);
  readonly #parts: RecordParts;
  #resolve!: (attachment: Attachment) => void;
  #reject!: (error: ClientError) => void;

  constructor({ file, path, code, ...kept }: KeptUpload, parts: RecordParts) {
    this.id = kept.id;
    this.file = file;
    this.path = path;
    this.#parts = parts;
    this.state = new Cell<UploadState>({
      ...kept,
      sent: kept.status === 'done' ? kept.size : 0,
      code: code as ClientErrorCode | null,
      proxyLimit: null,
    });
    this.attached = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // The caller may ignore the promise; the state shows the same.
    this.attached.catch(() => undefined);
    if (kept.attachment) this.#resolve(kept.attachment);
  }

  get status(): UploadState['status'] {
    return this.state.get().status;
  }

  become(change: Partial<UploadState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }

  finish(attachment: Attachment): void {
    this.become({ status: 'done', sent: this.state.get().size, code: null, attachment });
    this.#resolve(attachment);
  }

  reject(error: ClientError): void {
    this.#reject(error);
  }

  /** What is kept of it. `largest`: a file with more bytes is not. */
  kept(largest: number): KeptUpload {
    const { id, conversationId, clientMessageId, name, size, mimeType, createdAt, status, code, attachment } = this.state.get();
    // A `File` as plain bytes: its name is kept beside it, and not every database takes one.
    const file = attachment || size > largest ? null : (this.file?.slice(0, size, this.file.type) ?? null);
    const keptStatus = status === 'uploading' ? 'waiting' : status;
    return {
      id,
      conversationId,
      clientMessageId,
      name,
      size,
      mimeType,
      createdAt,
      status: keptStatus,
      code,
      attachment,
      path: this.path,
      file,
    };
  }

  readonly pause = (): void => {
    this.#parts.asked(this, 'pause');
  };

  readonly resume = (): void => {
    this.#parts.asked(this, 'resume');
  };

  readonly retry = (): void => {
    this.#parts.asked(this, 'retry');
  };

  readonly cancel = (): void => {
    this.#parts.asked(this, 'cancel');
  };
}
