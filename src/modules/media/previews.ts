import { describeAttachment } from '../../contracts/chat/attachments.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import { type Clock, seconds } from '../../kernel/clock.ts';
import { systemContext } from '../../kernel/context.ts';
import { errorText } from '../../kernel/errors.ts';
import type { JobQueue, Jobs } from '../../kernel/jobs.ts';
import { partsOf } from '../../kernel/routes.ts';
import { endsWithin } from '../../kernel/sleep.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Counter, Histogram } from '../../kernel/telemetry/metrics.ts';
import { newBlobKey } from './domain/blob-key.ts';
import { propertiesBefore } from './domain/previews.ts';
import {
  type BlobStore,
  type FileProperties,
  type Preview,
  type PreviewMaker,
  PreviewsUnavailable,
  type PreviewStore,
  type StoredFile,
  type StoredPreview,
} from './ports.ts';
import { presentFile } from './present.ts';

/** An upload waits so long for its previews. */
const soonMs = seconds(1);
/** The job does what a process that died did not; while the process lives, there is nothing left to do by then. */
const againMs = seconds(30);
/** Files that wait for their turn here; what comes beyond them waits as a job alone. */
const mostWaiting = 12;
const nothing: FileProperties = { hasPreview: false };

export interface PreviewParts {
  readonly blobs: BlobStore;
  readonly store: PreviewStore;
  readonly maker: PreviewMaker;
  readonly bus: BusCaller;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly made: Counter;
  readonly took: Histogram;
}

interface Look {
  /** Width and height are known before the rest. */
  known: FileProperties;
  /** Null where this machine makes no previews. */
  done: Promise<FileProperties | null>;
}

interface PreviewJob {
  readonly sha256: string;
}

/** Previews belong to bytes: they are made once, however many files have them. */
export class Previews {
  readonly #parts: PreviewParts;
  readonly #looks = new Map<string, Look>();
  #saysUnavailable = true;
  readonly queue: JobQueue = {
    name: 'media.make-previews',
    retries: 2,
    handle: (payload) => this.#finish((payload as PreviewJob).sha256),
  };

  constructor(parts: PreviewParts) {
    this.#parts = parts;
  }

  /** What is known of a stored file within a short time. What becomes known later changes its attachment, also in a message that was sent. */
  async soon(file: StoredFile): Promise<FileProperties> {
    const before = propertiesBefore(file, this.#parts.maker.kinds) ?? (await this.#parts.store.properties(file.sha256));
    if (before) return before;
    if (this.#looks.size >= mostWaiting) {
      await this.#enqueue(file, 0);
      return nothing;
    }
    const look = this.#look(file);
    if (
      await endsWithin(
        soonMs,
        look.done.catch(() => null),
      )
    )
      return this.#inTime(file, look);
    await this.#enqueue(file, againMs);
    void this.#describeLater(file, look);
    return look.known;
  }

  /** Looks into a file and describes it. False where this machine makes no previews. */
  async complete(file: StoredFile): Promise<boolean> {
    const properties = await this.#look(file).done;
    if (properties === null) return false;
    // A message that is being stored is described by the job; an admin sees there what failed.
    if ((await this.#describe(file.sha256, properties)) || properties.previewFault === 'failed') await this.#enqueue(file, 0);
    return true;
  }

  async #inTime(file: StoredFile, look: Look): Promise<FileProperties> {
    const properties = await look.done.catch(() => undefined);
    // Failed for a reason that may pass, or by a file that admins shall see.
    if (properties === undefined || properties?.previewFault === 'failed') await this.#enqueue(file, 0);
    return properties ?? look.known;
  }

  #look(file: StoredFile): Look {
    const underWay = this.#looks.get(file.sha256);
    if (underWay) return underWay;
    const look: Look = { known: nothing, done: Promise.resolve(null) };
    look.done = this.#make(file, (known) => {
      look.known = known;
    }).finally(() => this.#looks.delete(file.sha256));
    this.#looks.set(file.sha256, look);
    return look;
  }

  async #make(file: StoredFile, onSized: (properties: FileProperties) => void): Promise<FileProperties | null> {
    const { blobs, store, maker, clock, logger, made, took } = this.#parts;
    const startedAt = clock.monotonic();
    try {
      const source = { mimeType: file.mimeType, open: async () => partsOf(await blobs.read(file.blobKey)) };
      const { properties, previews } = await maker.make(source, onSized);
      const stored = await this.#stored(previews);
      for (const key of await store.save(file.sha256, properties, stored)) await blobs.delete(key);
      made.add({ result: properties.previewFault ?? 'made' });
      took.observe((clock.monotonic() - startedAt) / 1000);
      return properties;
    } catch (error) {
      if (error instanceof PreviewsUnavailable) return this.#unavailable(error);
      made.add({ result: 'error' });
      logger.warn('previews of a file could not be made; a job tries again', {
        event: 'media.preview_failed',
        fileId: file.id,
        error: errorText(error),
      });
      throw error;
    }
  }

  async #stored(previews: readonly Preview[]): Promise<readonly StoredPreview[]> {
    const stored: StoredPreview[] = [];
    for (const { name, mimeType, bytes } of previews) {
      const blobKey = newBlobKey();
      await this.#parts.blobs.put(blobKey, inOnePart(bytes));
      stored.push({ name, mimeType, blobKey, size: bytes.byteLength });
    }
    return stored;
  }

  #unavailable({ message }: PreviewsUnavailable): null {
    if (this.#saysUnavailable) this.#parts.logger.warn(`files have no previews: ${message}`, { event: 'media.previews_unavailable' });
    this.#saysUnavailable = false;
    return null;
  }

  /** The job's part: what an upload did not wait for, and what a process that died left undone. */
  async #finish(sha256: string): Promise<void> {
    const { store } = this.#parts;
    const [file] = await store.filesOf(sha256);
    if (!file) return;
    const before = await store.properties(sha256);
    const properties = before === null || before.previewFault === 'failed' ? await this.#look(file).done : before;
    if (properties === null) return;
    const isUnderWay = await this.#describe(sha256, properties);
    if (properties.previewFault === 'failed')
      throw new Error('the file ended the process that makes previews, or took too long: it has none');
    if (isUnderWay) throw new Error('a message with this file is being stored');
  }

  async #describeLater(file: StoredFile, look: Look): Promise<void> {
    try {
      const properties = await look.done;
      if (properties) await this.#describe(file.sha256, properties);
    } catch (error) {
      this.#parts.logger.debug('the job describes the file instead', { event: 'media.preview_described_later', error: errorText(error) });
    }
  }

  /** Answers whether a message with such a file is not stored yet. */
  async #describe(sha256: string, properties: FileProperties): Promise<boolean> {
    let isAnyUnderWay = false;
    for (const file of await this.#parts.store.filesOf(sha256)) {
      const { isUnderWay } = await this.#parts.bus.call(describeAttachment, { attachment: presentFile(file, properties) }, systemContext());
      isAnyUnderWay ||= isUnderWay;
    }
    return isAnyUnderWay;
  }

  #enqueue({ sha256 }: StoredFile, inMs: number): Promise<void> {
    const { jobs, clock } = this.#parts;
    return jobs.enqueue(this.queue, { sha256 }, { uniqueKey: sha256, startAt: clock.now() + inMs });
  }
}

async function* inOnePart(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
