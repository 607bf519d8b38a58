import { Server } from '@tus/server';
import { AppError, isAppError, notFound } from '../../../../kernel/errors.ts';
import { newId } from '../../../../kernel/ids.ts';
import { ChecksumMismatch } from '../../domain/checksum.ts';
import type { Checksum, OwnUploads, UploadProtocol } from '../../ports.ts';
import { TusStore } from './tus-store.ts';
import { UploadLocks } from './upload-locks.ts';

const version = '1.0.0';
/** A request that is asked to end has so long to take in what is on its way. */
const lockDrainTimeout = 500;

/** Headers of an answer that are the protocol's. Which origins may read an answer is the gateway's matter. */
const kept = ['location', 'upload-offset', 'upload-length', 'upload-metadata', 'upload-expires', 'tus-resumable', 'cache-control'];

interface TusOptions {
  /** Where uploads are, as clients see it. */
  readonly path: string;
  /** An upload expires so long after its last bytes. */
  readonly keptUnchangedMs: number;
  /** Digests that a request may name. */
  readonly checksumAlgorithms: readonly string[];
}

/** tus 1.0.0 by @tus/server, which checks and answers what the protocol says of a request; what is stored is the matter of `OwnUploads`. */
export class TusProtocol implements UploadProtocol {
  readonly #options: TusOptions;
  readonly #locker = new UploadLocks();

  constructor(options: TusOptions) {
    this.#options = options;
  }

  async answer(request: Request, uploadId: string | null, uploads: OwnUploads): Promise<Response> {
    if (request.headers.get('tus-resumable') !== version) return otherVersion();
    let refusal: unknown = null;
    const store = new TusStore({ uploads, checksum: this.#checksumOf(request.headers), ...this.#options });
    const server = this.#server(uploadId, store, (error) => {
      refusal = error;
    });
    const answer = await server.handleWeb(request);
    const failure = store.failure ?? refusal;
    if (failure instanceof ChecksumMismatch) return new Response(null, { status: 460, headers: { 'Tus-Resumable': version } });
    if (failure !== null) throw request.signal.aborted ? request.signal.reason : errorOf(failure);
    // Faults of headers are answered without an error.
    if (answer.status >= 400) throw new AppError('validation_failed', { detail: (await answer.text()).trim() });
    return new Response(answer.body, { status: answer.status, headers: [...answer.headers].filter(([name]) => kept.includes(name)) });
  }

  /** `Upload-Checksum`: a name and base64. */
  #checksumOf(headers: Headers): Checksum | null {
    const header = headers.get('upload-checksum');
    if (header === null) return null;
    const { checksumAlgorithms: known } = this.#options;
    const [, algorithm = '', digest = ''] = /^([\w-]{1,20}) ([A-Za-z0-9+/=]{1,100})$/.exec(header) ?? [];
    if (known.includes(algorithm)) return { algorithm, digest };
    throw new AppError('validation_failed', {
      detail: `Upload-Checksum: must be ${known.join(' or ')}, a space, and the digest in base64.`,
    });
  }

  #server(uploadId: string | null, datastore: TusStore, failed: (error: unknown) => void): Server {
    return new Server({
      path: this.#options.path,
      // Behind TLS the server does not know its own scheme.
      relativeLocation: true,
      datastore,
      locker: this.#locker,
      lockDrainTimeout,
      namingFunction: () => newId(),
      getFileIdFromRequest: () => uploadId ?? undefined,
      onResponseError: (_request, error) => {
        failed(error);
        return undefined;
      },
    });
  }
}

const otherVersion = (): Response => new Response(null, { status: 412, headers: { 'Tus-Version': version, 'Tus-Resumable': version } });

/** The protocol's refusals have a status and a text; what is neither one of ours nor one of those is a bug. */
function errorOf(failure: unknown): unknown {
  if (isAppError(failure)) return failure;
  const { status_code: status, body } = failure as { status_code?: number; body?: string };
  if (status === undefined) return failure;
  const detail = body?.trim() ?? '';
  if (status === 404 || status === 410) return notFound();
  if (status === 409) return new AppError('conflict', { detail: 'The upload does not end there: ask how far it is.' });
  if (status === 413) return new AppError('payload_too_large', { detail: 'These bytes go beyond the end of the upload.' });
  if (status >= 500 && status !== 501)
    return new AppError('unavailable', { detail: 'Another request still writes to this upload.', retryAfter: 1 });
  return new AppError('validation_failed', { detail });
}
