import type { Upload } from '../../src/contracts/media/uploads.ts';
import type { Attachment } from '../../src/contracts/chat/messages.ts';
import { asClientError, ClientError, fromProblem, isProblem } from '../client-error.ts';
import type { UploadAnswer, UploadRequest } from '../http.ts';
import type { Timers } from '../timers.ts';

export interface TransferParts {
  /** Rejects where there is no answer. */
  readonly ask: (request: UploadRequest) => Promise<UploadAnswer>;
  readonly timers: Pick<Timers, 'now' | 'after'>;
  /** The upload has an address at the server, or its former one is gone (null). */
  readonly onAddress: (path: string | null) => void;
  readonly onSent: (bytes: number) => void;
}

interface Sending {
  readonly file: Blob;
  readonly name: string;
  readonly mimeType: string;
}

/** Bytes of one request: few at first and after a failure, more as the line allows, so that progress shows each second and a cut costs little. */
export const largestChunk = 8 * 2 ** 20;
const firstChunk = 256 * 2 ** 10;
const smallestChunk = 64 * 2 ** 10;
const wantedMs = 1_000;
/** The server itself waits while a large file is put together. */
const askAgainMs = 1_000;

const bytesType = 'application/offset+octet-stream';
const tus = { 'Tus-Resumable': '1.0.0' };
const collection = '/media/uploads';

/** One file by tus 1.0.0, from wherever the server has it. Throws `ClientError`; `run` may be called again after that. */
export class Transfer {
  /** The largest request that a proxy in front of the server has let through, where one refused; bytes. */
  proxyLimit: number | null = null;
  readonly #parts: TransferParts;
  readonly #sending: Sending;
  #path: string | null;
  #chunk = firstChunk;

  constructor(parts: TransferParts, sending: Sending, path: string | null) {
    this.#parts = parts;
    this.#sending = sending;
    this.#path = path;
  }

  async run(signal: AbortSignal): Promise<Attachment> {
    const { size } = this.#sending.file;
    let upload = (await this.#known(signal)) ?? (await this.#begun(signal));
    while (upload.received < size) upload = await this.#append(upload, signal);
    while (!upload.attachment) {
      upload = await this.#read(signal);
      if (!upload.attachment) await this.#pause(signal);
    }
    return upload.attachment;
  }

  /** Gives it up at the server. */
  async cancel(): Promise<void> {
    if (this.#path !== null) await this.#parts.ask({ method: 'DELETE', path: this.#path, headers: tus });
  }

  async #known(signal: AbortSignal): Promise<Upload | null> {
    if (this.#path === null) return null;
    try {
      return await this.#read(signal);
    } catch (error) {
      // It expired, or ended by a refusal.
      if (asClientError(error).code !== 'not_found') throw error;
      this.#at(null);
      return null;
    }
  }

  async #begun(signal: AbortSignal): Promise<Upload> {
    const { file, name, mimeType } = this.#sending;
    const isSmall = file.size > 0 && file.size <= firstChunk && this.proxyLimit === null;
    const answer = await this.#parts.ask({
      method: 'POST',
      path: collection,
      headers: {
        ...tus,
        'Upload-Length': String(file.size),
        'Upload-Metadata': `filename ${base64(name)},filetype ${base64(mimeType)}`,
        ...(isSmall ? { 'Content-Type': bytesType } : {}),
      },
      body: isSmall ? file : null,
      signal,
    });
    const upload = this.#uploadIn(answer, isSmall ? file.size : smallestChunk);
    if (!upload) return this.#begun(signal);
    this.#at(`${collection}/${upload.id}`);
    this.#parts.onSent(upload.received);
    return upload;
  }

  async #append(upload: Upload, signal: AbortSignal): Promise<Upload> {
    const offset = upload.received;
    const bytes = this.#sending.file.slice(offset, offset + this.#chunk);
    const headers = { ...tus, 'Content-Type': bytesType, 'Upload-Offset': String(offset) };
    const begun = this.#parts.timers.now();
    const answer = await this.#asked({ method: 'PATCH', path: this.#path ?? '', headers, body: bytes, signal });
    if (answer.status === 204) {
      this.#grow(this.#parts.timers.now() - begun);
      return this.#reached({ ...upload, received: Number(answer.headers.get('Upload-Offset')) });
    }
    if (!isProblem(answer.body)) {
      this.#shrinkFor(answer.status, bytes.size);
      return upload;
    }
    const error = fromProblem(answer.body, answer.status);
    if (error.code !== 'conflict') throw error;
    // The answer to a former request was lost, or that one still ends.
    const now = await this.#read(signal);
    if (now.received === offset) throw new ClientError('unavailable', { detail: error.message });
    return now;
  }

  async #asked(request: UploadRequest): Promise<UploadAnswer> {
    try {
      return await this.#parts.ask(request);
    } catch (error) {
      this.#chunk = Math.max(smallestChunk, Math.floor(this.#chunk / 2));
      throw error;
    }
  }

  async #read(signal: AbortSignal): Promise<Upload> {
    const answer = await this.#parts.ask({ method: 'GET', path: this.#path ?? '', signal });
    if (answer.status !== 200) throw fromProblem(answer.body, answer.status);
    return this.#reached(answer.body as Upload);
  }

  #reached(upload: Upload): Upload {
    this.#parts.onSent(upload.received);
    return upload;
  }

  /** Null where a proxy took no request with so many bytes: the next one brings none. */
  #uploadIn(answer: UploadAnswer, bytes: number): Upload | null {
    if (answer.status === 201) return answer.body as Upload;
    if (isProblem(answer.body) || bytes <= smallestChunk) throw fromProblem(answer.body, answer.status);
    this.#shrinkFor(answer.status, bytes);
    return null;
  }

  /** A proxy said no. Of too large a request it says 413; some end the connection to the server instead, which they call 502. */
  #shrinkFor(status: number, bytes: number): void {
    const half = Math.floor(bytes / 2);
    if (status === 413 && half >= smallestChunk) {
      this.proxyLimit = half;
      this.#chunk = half;
      return;
    }
    this.#chunk = Math.max(smallestChunk, half);
    if (status !== 413) throw fromProblem(null, status);
    const detail = `A proxy in front of the server takes no request of ${String(bytes)} bytes.`;
    throw refused('payload_too_large', { status, detail });
  }

  #grow(tookMs: number): void {
    const wanted = (this.#chunk * wantedMs) / Math.max(tookMs, 1);
    const next = Math.min(this.#chunk * 2, Math.max(wanted, smallestChunk), this.proxyLimit ?? largestChunk, largestChunk);
    this.#chunk = Math.floor(next);
  }

  #at(path: string | null): void {
    this.#path = path;
    this.#parts.onAddress(path);
  }

  #pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#parts.timers.after(askAgainMs, resolve);
      signal.addEventListener('abort', () => {
        stop();
        resolve();
      });
    });
  }
}

/** A refusal for good that the server did not say itself. */
export const refused = (code: 'payload_too_large' | 'not_found', { status, detail }: { status: number; detail: string }): ClientError =>
  new ClientError(code, { problem: { type: 'about:blank', title: code, status, code, detail, requestId: '' } });

/** Of UTF-8; `btoa` takes bytes alone. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
