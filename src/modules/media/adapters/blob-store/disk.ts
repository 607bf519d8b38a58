import { access, constants, type FileHandle, mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { freeBytes } from '../../../../infra/files/free-bytes.ts';
import { type Clock, minutes, systemClock } from '../../../../kernel/clock.ts';
import { AppError, notFound } from '../../../../kernel/errors.ts';
import { wanting } from '../../../../kernel/storage-faults.ts';
import type { BlobStore, ByteRange, StoredBlob } from '../../ports.ts';
import { diskFaultText } from './disk-faults.ts';
import { probeStore } from './probe.ts';

/** An upload brings a byte every half minute, so that a file nobody has written to for so long belongs to none. */
const abandonedAfterMs = minutes(10);
/** Held in memory of each upload, bytes: a write waits for a thread, and costs as much for a few bytes as for many. */
const writtenTogether = 2 ** 18;
/** Enough that a disk needs room for it. */
const probedBytes = 2 ** 20;

/**
 * Files below a directory, two levels deep by the first letters of their random names. An upload is written beside them and moved to its place
 * when it is whole and on the disk: what has a place is whole, whenever the process or the machine dies.
 */
export class DiskBlobStore implements BlobStore {
  readonly #root: string;
  readonly #incoming: string;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(root: string, clock: Pick<Clock, 'now'> = systemClock) {
    this.#root = root;
    this.#incoming = join(root, 'incoming');
    this.#clock = clock;
  }

  async prepare(): Promise<void> {
    await failingClearly(mkdir(this.#incoming, { recursive: true, mode: 0o700 }));
    await this.removeAbandoned();
  }

  /** Tries all that files need, in a directory of its own that it removes. False where there is no store yet. Rejects with what fails, and why. */
  async probe(): Promise<boolean> {
    try {
      await this.#tryBeside();
      await access(this.#root, constants.R_OK | constants.W_OK | constants.X_OK);
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      const { code } = error as NodeJS.ErrnoException;
      throw code === undefined ? error : new Error(`files cannot be stored in ${this.#root}: ${diskFaultText(error)}`, { cause: error });
    }
  }

  async put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const folder = this.#folderOf(key);
    const incoming = join(this.#incoming, key);
    const file = await failingClearly(open(incoming, 'wx', 0o600));
    try {
      await writeAll(file, bytes);
      await failingClearly(mkdir(folder, { recursive: true, mode: 0o700 }));
      await failingClearly(rename(incoming, join(folder, key)));
      for (const changed of [folder, join(folder, '..'), this.#root]) await flush(changed);
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
  }

  async read(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>> {
    const file = await open(this.#pathOf(key), 'r').catch((error: unknown) => {
      throw isMissing(error) ? notFound('The bytes of this file are lost.') : error;
    });
    // The types of Node and of the platform name one class.
    return Readable.toWeb(file.createReadStream({ ...range })) as NodeStream<Uint8Array> as ReadableStream<Uint8Array>;
  }

  /** No browser reads a disk. */
  address(): Promise<null> {
    return Promise.resolve(null);
  }

  async delete(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  async list(after: string | null, limit: number): Promise<readonly StoredBlob[]> {
    const found: StoredBlob[] = [];
    for (const outer of await foldersIn(this.#root, after?.slice(0, 2)))
      for (const inner of await foldersIn(join(this.#root, outer), after?.startsWith(outer) ? after.slice(2, 4) : undefined)) {
        const folder = join(this.#root, outer, inner);
        for (const key of (await readdir(folder)).toSorted()) {
          if (after !== null && key <= after) continue;
          const kept = await stat(join(folder, key)).catch(() => null);
          if (kept && found.push({ key, size: kept.size, storedAt: kept.mtimeMs }) === limit) return found;
        }
      }
    return found;
  }

  async removeAbandoned(isAll = false): Promise<number> {
    const before = isAll ? Infinity : this.#clock.now() - abandonedAfterMs;
    let removed = 0;
    for (const name of await readdir(this.#incoming)) {
      const path = join(this.#incoming, name);
      // Another node, or the upload itself, may remove it at the same time.
      const found = await stat(path).catch(() => null);
      if (!found || found.mtimeMs > before) continue;
      await rm(path, { recursive: true, force: true });
      removed++;
    }
    return removed;
  }

  freeBytes(): Promise<number | null> {
    return freeBytes(this.#root);
  }

  async state(): Promise<string> {
    const free = await this.freeBytes();
    if (free === null) throw new Error('the directory of files cannot be read');
    return `${String(Math.floor(free / 2 ** 20))} MB are free`;
  }

  /** Where uploads begin: what a probe leaves that was killed goes with what they leave. */
  async #tryBeside(): Promise<void> {
    const directory = await mkdtemp(join(this.#incoming, 'probe-'));
    try {
      const store = new DiskBlobStore(directory);
      await store.prepare();
      await probeStore(store, { name: this.#root, pieceBytes: probedBytes, faultText: diskFaultText });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  #folderOf(key: string): string {
    return join(this.#root, key.slice(0, 2), key.slice(2, 4));
  }

  #pathOf(key: string): string {
    return join(this.#folderOf(key), key);
  }
}

/** Folders of two letters, in order, from one on. */
const foldersIn = async (path: string, from = ''): Promise<string[]> =>
  (await readdir(path)).filter((name) => name.length === 2 && name >= from).toSorted();

async function writeAll(file: FileHandle, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    let [held, size]: [Uint8Array[], number] = [[], 0];
    for await (const part of bytes) {
      held.push(part);
      size += part.byteLength;
      if (size < writtenTogether) continue;
      await failingClearly(writeTogether(file, held, size));
      [held, size] = [[], 0];
    }
    if (size > 0) await failingClearly(writeTogether(file, held, size));
    await failingClearly(file.sync());
  } finally {
    await file.close();
  }
}

async function writeTogether(file: FileHandle, parts: readonly Uint8Array[], size: number): Promise<void> {
  const { bytesWritten } = await file.writev(parts);
  // A disk that fills takes a part of it, and says why only when it is asked for the rest.
  if (bytesWritten < size) await file.writeFile(Buffer.concat(parts).subarray(bytesWritten));
}

/** Makes a change of a directory itself durable; not every system can. */
async function flush(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().catch(() => undefined);
  await folder.close();
}

/** A full or read-only disk is said as such. */
async function failingClearly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw wanting(code, error as Error) ?? (code === 'EACCES' || code === 'EIO' ? away(error) : error);
  }
}

const away = (cause: unknown): AppError =>
  new AppError('unavailable', { detail: 'The server cannot write files: its admin finds the reason in the log.', retryAfter: 5, cause });

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
