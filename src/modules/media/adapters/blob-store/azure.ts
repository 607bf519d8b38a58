import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import {
  BlobSASPermissions,
  BlobServiceClient,
  type BlockBlobClient,
  type ContainerClient,
  type ContainerListBlobFlatSegmentResponse,
} from '@azure/storage-blob';
import { seconds, systemClock } from '../../../../kernel/clock.ts';
import { notFound } from '../../../../kernel/errors.ts';
import type { BlobAddress, BlobStore, ByteRange, StoredBlob } from '../../ports.ts';
import { azureFaultText, isMissingInAzure } from './azure-faults.ts';
import { pieces } from './pieces.ts';
import { probeStore } from './probe.ts';
import { reasonOf, storeAway } from './store-away.ts';

export interface AzureOptions {
  readonly connectionString: string;
  readonly container: string;
  /** The origin at which browsers reach it; left out: they do not. */
  readonly directOrigin?: string | undefined;
}

/** Beside what else may lie in the container. Names hold no word of a user. */
const prefix = 'media/';
/** Held in memory for each upload under way, bytes. Azure takes 50,000 blocks. */
const pieceBytes = 8 * 2 ** 20;
/** A store that says nothing and takes nothing for so long is away: a request has 30 s. */
const answersWithinMs = seconds(12);
/** A request for a file has 10 s. */
const fileBeginsWithinMs = seconds(8);
/** A piece is sent in chunks, bytes: as long as the store takes them, a slow line may take its time. */
const chunkBytes = 65_536;

/** Blobs of a container of Azure Blob Storage. */
export class AzureBlobStore implements BlobStore {
  readonly #container: ContainerClient;
  readonly #directOrigin: string | undefined;
  /** Where the last page of a list ended. Azure goes on from a token of its own, not from a name. */
  #lastPage: { readonly after: string; readonly token: string } | null = null;

  constructor({ connectionString, container, directOrigin }: AzureOptions) {
    // Who waits for the answer tries again.
    const client = BlobServiceClient.fromConnectionString(connectionString, { retryOptions: { maxTries: 1 } });
    this.#container = client.getContainerClient(container);
    this.#directOrigin = directOrigin;
  }

  prepare(): Promise<void> {
    return probeStore(this, { name: 'Azure', pieceBytes, faultText: reasonOf(azureFaultText) });
  }

  /** Blocks that no upload ends are not seen by anybody; Azure removes them a week later. */
  async put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const blob = this.#blob(key);
    let held: Buffer | null = null;
    const blocks: string[] = [];
    const stage = async (piece: Buffer): Promise<void> => {
      const id = Buffer.from(String(blocks.length).padStart(6, '0')).toString('base64');
      await this.#sent((options) => blob.stageBlock(id, () => inChunks(piece), piece.byteLength, options));
      blocks.push(id);
    };
    for await (const piece of pieces(bytes, pieceBytes)) {
      if (held !== null) await stage(held);
      held = piece;
    }
    const last = held ?? Buffer.alloc(0);
    if (blocks.length === 0) {
      await this.#sent((options) => blob.upload(() => inChunks(last), last.byteLength, options));
      return;
    }
    await stage(last);
    await this.#sent((options) => blob.commitBlockList(blocks, options));
  }

  async read(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>> {
    const abort = new AbortController();
    const late = setTimeout(() => {
      abort.abort();
    }, fileBeginsWithinMs);
    const { readableStreamBody: body } = await this.#asked(() =>
      this.#blob(key).download(range?.start ?? 0, range && range.end - range.start + 1, { abortSignal: abort.signal }),
    ).finally(() => {
      clearTimeout(late);
    });
    if (!body) throw storeAway(null, 'the store answers a file without bytes');
    return Readable.toWeb(body as Readable) as NodeStream<Uint8Array> as ReadableStream<Uint8Array>;
  }

  /** The signature is of the account, the container and the name: the host may be another one. */
  async address(key: string, { contentType, contentDisposition, holdsSeconds }: BlobAddress): Promise<string | null> {
    if (this.#directOrigin === undefined) return null;
    const signed = await this.#blob(key).generateSasUrl({
      permissions: BlobSASPermissions.parse('r'),
      expiresOn: new Date(systemClock.now() + seconds(holdsSeconds)),
      contentType,
      contentDisposition,
      cacheControl: 'private, no-store',
    });
    const { pathname, search } = new URL(signed);
    return this.#directOrigin + pathname + search;
  }

  async delete(key: string): Promise<void> {
    await this.#asked(() => this.#blob(key).deleteIfExists({ abortSignal: AbortSignal.timeout(answersWithinMs) }));
  }

  async list(last: string | null, limit: number): Promise<readonly StoredBlob[]> {
    const found: StoredBlob[] = [];
    let token = last !== null && this.#lastPage?.after === last ? this.#lastPage.token : undefined;
    do {
      const { blobs, next } = await this.#page(token, limit - found.length);
      found.push(...blobs.filter(({ key }) => last === null || key > last));
      token = next;
    } while (found.length < limit && token !== undefined);
    const after = found.at(-1)?.key;
    this.#lastPage = after === undefined || token === undefined ? null : { after, token };
    return found;
  }

  /** Azure does so by itself. */
  removeAbandoned(): Promise<number> {
    return Promise.resolve(0);
  }

  /** A store of objects does not say. */
  freeBytes(): Promise<null> {
    return Promise.resolve(null);
  }

  async state(): Promise<string> {
    try {
      await this.#page(undefined, 1);
    } catch (error) {
      const { cause } = error as { cause?: unknown };
      throw new Error(`the store of files: ${azureFaultText(cause instanceof Error ? cause : error)}`, { cause: error });
    }
    return 'the store of files answers';
  }

  #blob(key: string): BlockBlobClient {
    return this.#container.getBlockBlobClient(prefix + key);
  }

  async #page(token: string | undefined, most: number): Promise<{ blobs: readonly StoredBlob[]; next: string | undefined }> {
    const pages = this.#container
      .listBlobsFlat({ prefix, abortSignal: AbortSignal.timeout(answersWithinMs) })
      .byPage({ maxPageSize: most, ...(token === undefined ? {} : { continuationToken: token }) });
    const answer: IteratorResult<ContainerListBlobFlatSegmentResponse, unknown> = await this.#asked(() => pages.next());
    if (answer.done === true) return { blobs: [], next: undefined };
    const { segment, continuationToken } = answer.value;
    return {
      blobs: segment.blobItems.map(({ name, properties }) => ({
        key: name.slice(prefix.length),
        size: properties.contentLength ?? 0,
        storedAt: properties.lastModified.getTime(),
      })),
      next: continuationToken === '' ? undefined : continuationToken,
    };
  }

  /** Given up where the store neither takes bytes nor answers for a while. */
  async #sent<T>(send: (options: { abortSignal: AbortSignal; onProgress: () => void }) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const late = setTimeout(() => {
      abort.abort();
    }, answersWithinMs);
    const onProgress = (): void => {
      late.refresh();
    };
    return this.#asked(() => send({ abortSignal: abort.signal, onProgress })).finally(() => {
      clearTimeout(late);
    });
  }

  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw isMissingInAzure(error) ? notFound('The bytes of this file are lost.') : storeAway(error, azureFaultText(error));
    }
  }
}

const inChunks = (piece: Buffer): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < piece.byteLength; at += chunkBytes) yield piece.subarray(at, at + chunkBytes);
    })(),
    { objectMode: false },
  );
