import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { type BucketItem, Client } from 'minio';
import { type Clock, hours, minutes, seconds, systemClock } from '../../../../kernel/clock.ts';
import { isAppError, notFound } from '../../../../kernel/errors.ts';
import type { BlobAddress, BlobStore, ByteRange, StoredBlob } from '../../ports.ts';
import { pieces } from './pieces.ts';
import { probeStore } from './probe.ts';
import { faultText, isMissing } from './s3-faults.ts';
import { reasonOf, storeAway } from './store-away.ts';

export interface S3Options {
  /** Scheme, host and port. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  /** The origin at which browsers reach it; left out: they do not. */
  readonly directOrigin?: string | undefined;
  /** A store that says nothing for so long is away. */
  readonly answersWithinMs?: number;
}

/** Beside what else may lie in the bucket. Keys hold no word of a user: nothing in them needs quoting when it is signed. */
const prefix = 'media/';
/** Held in memory for each upload under way, bytes. S3 takes 10,000 parts of 5 MB and more. */
const pieceBytes = 8 * 2 ** 20;
/** No upload lasts that long. */
const abandonedAfterMs = hours(24);
/** MinIO says every 10 s that it still puts pieces together. Node waits twice for bytes that nobody takes; a request has 30 s. */
const usuallyAnswersWithinMs = seconds(12);
/** A request for a file has 10 s. */
const fileBeginsWithinMs = seconds(8);
/** A reader of a file may be slow. */
const silentAtMostMs = minutes(5);

/** Objects of a bucket of MinIO, Amazon S3 or another store that speaks S3. */
export class S3BlobStore implements BlobStore {
  readonly #client: Client;
  /** Signs addresses for browsers, and asks nothing. */
  readonly #signing: Client | null;
  readonly #bucket: string;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(options: S3Options, clock: Pick<Clock, 'now'> = systemClock) {
    this.#client = clientOf(options);
    this.#signing =
      options.directOrigin === undefined ? null : clientOf({ ...options, endpoint: endpointAt(options.directOrigin, options) });
    this.#bucket = options.bucket;
    this.#clock = clock;
  }

  prepare(): Promise<void> {
    return probeStore(this, { name: 'S3', pieceBytes, faultText: reasonOf(faultText) });
  }

  async put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const all = pieces(bytes, pieceBytes);
    // Its own errors pass; those of the store do not name a key of ours.
    const first = await all.next();
    const second = first.done === true ? first : await all.next();
    if (second.done === true) {
      await this.#asked(() => this.#client.putObject(this.#bucket, prefix + key, first.done === true ? Buffer.alloc(0) : first.value));
      return;
    }
    await this.#putInParts(key, after([first.value as Buffer, second.value], all));
  }

  async read(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>> {
    const stream = await this.#asked(() =>
      range
        ? this.#client.getPartialObject(this.#bucket, prefix + key, range.start, range.end - range.start + 1)
        : this.#client.getObject(this.#bucket, prefix + key),
    );
    return Readable.toWeb(stream) as NodeStream<Uint8Array> as ReadableStream<Uint8Array>;
  }

  /** The signature holds for the host that it names. */
  async address(key: string, { contentType, contentDisposition, holdsSeconds }: BlobAddress): Promise<string | null> {
    const given = {
      'response-content-type': contentType,
      'response-content-disposition': contentDisposition,
      'response-cache-control': 'private, no-store',
    };
    return (await this.#signing?.presignedGetObject(this.#bucket, prefix + key, holdsSeconds, given)) ?? null;
  }

  async delete(key: string): Promise<void> {
    await this.#asked(() => this.#client.removeObject(this.#bucket, prefix + key));
  }

  async list(last: string | null, limit: number): Promise<readonly StoredBlob[]> {
    const found: StoredBlob[] = [];
    const items = this.#client.listObjectsV2(this.#bucket, prefix, true, last === null ? '' : prefix + last);
    await this.#asked(async () => {
      for await (const item of items as AsyncIterable<BucketItem>) {
        if (item.name === undefined) continue;
        if (found.push({ key: item.name.slice(prefix.length), size: item.size, storedAt: item.lastModified.getTime() }) === limit) break;
      }
    });
    return found;
  }

  async removeAbandoned(isAll = false): Promise<number> {
    const before = isAll ? Infinity : this.#clock.now() - abandonedAfterMs;
    let removed = 0;
    const items = this.#client.listIncompleteUploads(this.#bucket, prefix, true);
    await this.#asked(async () => {
      for await (const { key, uploadId, initiated } of items as AsyncIterable<{ key: string; uploadId: string; initiated: Date }>) {
        if (initiated.getTime() > before) continue;
        await this.#client.abortMultipartUpload(this.#bucket, key, uploadId);
        removed++;
      }
    });
    return removed;
  }

  /** A store of objects does not say. */
  freeBytes(): Promise<null> {
    return Promise.resolve(null);
  }

  async state(): Promise<string> {
    try {
      await this.#client.listObjectsV2Query(this.#bucket, prefix, '', '', 1, '');
    } catch (error) {
      throw new Error(`the store of files: ${faultText(error)}`, { cause: error });
    }
    return 'the store of files answers';
  }

  async #putInParts(key: string, parts: AsyncIterable<Buffer>): Promise<void> {
    const object = prefix + key;
    const uploadId = await this.#asked(() => this.#client.initiateNewMultipartUpload(this.#bucket, object, {}));
    try {
      const etags: { part: number; etag: string }[] = [];
      for await (const part of parts) {
        const target = { bucketName: this.#bucket, objectName: object, uploadID: uploadId, partNumber: etags.length + 1, headers: {} };
        const { etag } = await this.#asked(() => this.#client.uploadPart(target, part));
        etags.push({ part: target.partNumber, etag });
      }
      await this.#asked(() => this.#client.completeMultipartUpload(this.#bucket, object, uploadId, etags));
    } catch (error) {
      // Where the store is away, its parts go a day later, and whoever uploads does not wait a second time for a store that hangs.
      const aborted = this.#client.abortMultipartUpload(this.#bucket, object, uploadId).catch(() => undefined);
      if (!isAppError(error) || error.code !== 'unavailable') await aborted;
      throw error;
    }
  }

  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw isMissing(error) ? notFound('The bytes of this file are lost.') : storeAway(error, faultText(error));
    }
  }
}

function clientOf({ endpoint, accessKey, secretKey, region, answersWithinMs = usuallyAnswersWithinMs }: S3Options): Client {
  const { protocol, hostname, port } = new URL(endpoint);
  const useSSL = protocol === 'https:';
  const request: typeof httpRequest = ((options: RequestOptions, answered: () => void) => {
    const timeout = isOfFile(options) ? Math.min(answersWithinMs, fileBeginsWithinMs) : answersWithinMs;
    const asked = (useSSL ? httpsRequest : httpRequest)({ ...options, timeout }, answered);
    asked.on('timeout', () => asked.destroy(new Error('nothing answers at S3_ENDPOINT, or the store hangs')));
    if (isOfFile(options)) asked.on('response', ({ statusCode = 0 }) => statusCode < 300 && asked.setTimeout(silentAtMostMs));
    return asked;
  }) as typeof httpRequest;
  return new Client({
    endPoint: hostname,
    ...(port === '' ? {} : { port: Number(port) }),
    useSSL,
    accessKey,
    secretKey,
    region,
    // Amazon asks for the bucket in the name of the host; what else speaks S3 often has no such names.
    pathStyle: !isAmazon(hostname),
    transport: { request },
    // Who waits for the answer tries again.
    retryOptions: { disableRetry: true },
  });
}

/** At Amazon the origin names the bucket, which the client puts before the host itself. */
const endpointAt = (origin: string, { bucket }: Pick<S3Options, 'bucket'>): string => {
  const { protocol, host } = new URL(origin);
  return isAmazon(host) && host.startsWith(`${bucket}.`) ? `${protocol}//${host.slice(bucket.length + 1)}` : origin;
};
const isAmazon = (host: string): boolean => /(?:^|\.)amazonaws\.com$/.test(host);

/** What the store says of itself has a query. */
const isOfFile = ({ method, path }: RequestOptions): boolean => method === 'GET' && path?.includes('?') === false;

async function* after(first: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* first;
  yield* rest;
}
