import { createHash, type Hash } from 'node:crypto';
import { releaseAttachments } from '../../contracts/chat/attachments.ts';
import { type MediaSettings, mediaSettings } from '../../contracts/media/team-settings.ts';
import { systemContext } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { newBlobKey } from './domain/blob-key.ts';
import { ChecksumMismatch } from './domain/checksum.ts';
import { fileNameOf } from './domain/file-name.ts';
import { headBytes } from './domain/media-type.ts';
import { peeked } from './domain/metered.ts';
import { Portions } from './domain/portions.ts';
import { allowedType, requireIntake } from './intake.ts';
import type { MediaParts } from './parts.ts';
import type { Checksum, OwnUploads, StoredFile, StoredPart, StoredUpload } from './ports.ts';

/** A part is written by itself: what a crash can lose of an upload, bytes. */
const partBytes = 16 * 2 ** 20;
/** Very small requests would make rows and objects without end. */
const mostParts = 10_000;

const typeText = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/;

/** The uploads of one person. Those of others are not found. */
export class PersonUploads implements OwnUploads {
  readonly #parts: MediaParts;
  readonly #ownerId: string;

  constructor(parts: MediaParts, { ownerId }: { ownerId: string }) {
    this.#parts = parts;
    this.#ownerId = ownerId;
  }

  async create({ id, name, declaredType, size }: Parameters<OwnUploads['create']>[0]): Promise<StoredUpload> {
    // Its parts and the file lie beside each other for a moment.
    await requireIntake(this.#parts, { size, room: size * 2 });
    const upload = {
      id,
      ownerId: this.#ownerId,
      name: fileNameOf(name),
      declaredType: typeText.test(declaredType) ? declaredType : '',
      size,
    };
    await this.#parts.uploads.create(upload, this.#settings);
    return { ...upload, received: 0, partCount: 0, changedAt: this.#parts.clock.now() };
  }

  async find(uploadId: string): Promise<StoredUpload> {
    const upload = (await this.#parts.uploads.find(uploadId)) ?? wholeFrom(await this.#parts.files.find(uploadId), this.#parts.clock.now());
    if (upload?.ownerId !== this.#ownerId) throw notFound();
    return upload;
  }

  async append(
    uploadId: string,
    { offset, checksum }: { offset: number; checksum: Checksum | null },
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<number> {
    const upload = await this.find(uploadId);
    if (upload.partCount >= mostParts) throw tooManyParts();
    const whole = offset === 0 ? await this.#checked(upload, bytes) : bytes;
    const portions = new Portions(whole, partBytes);
    try {
      return await (checksum ? this.#appendIfEqual(upload, checksum, portions) : this.#appendAll(upload, offset, portions));
    } finally {
      await portions.end();
    }
  }

  async cancel(uploadId: string): Promise<void> {
    await this.find(uploadId);
    const keys = (await this.#parts.uploads.remove(uploadId)) ?? (await this.#withdrawnFile(uploadId));
    await deleteAll(this.#parts, keys);
  }

  get #settings(): MediaSettings {
    return this.#parts.settings.of(mediaSettings);
  }

  /** Refuses a type that is not allowed by its first bytes, unless there are too few of them: then it is seen when the file is whole. */
  async #checked({ declaredType, size }: StoredUpload, bytes: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
    const { head, whole } = await peeked(bytes, headBytes);
    if (head.byteLength >= Math.min(headBytes, size)) await allowedType(head, declaredType, this.#settings);
    return whole;
  }

  async #appendAll({ id }: StoredUpload, offset: number, portions: Portions): Promise<number> {
    let received = offset;
    while (await portions.hasMore()) {
      const part = await this.#stored(received, portions);
      await this.#add(id, [part]);
      received += part.size;
    }
    if (portions.failure) throw portions.failure.error;
    return received;
  }

  /** All of it or, where its digest is another one or its end has not come, nothing. */
  async #appendIfEqual({ id, received: start }: StoredUpload, { algorithm, digest }: Checksum, portions: Portions): Promise<number> {
    const hash = createHash(algorithm);
    const parts: StoredPart[] = [];
    let received = start;
    try {
      while (await portions.hasMore()) {
        const part = await this.#stored(received, portions, hash);
        parts.push(part);
        received += part.size;
      }
      if (portions.failure) throw portions.failure.error;
      if (hash.digest('base64') !== digest) throw new ChecksumMismatch();
    } catch (error) {
      await deleteAll(
        this.#parts,
        parts.map(({ blobKey }) => blobKey),
      );
      throw error;
    }
    if (parts.length > 0) await this.#add(id, parts);
    return received;
  }

  async #stored(start: number, portions: Portions, hash?: Hash): Promise<StoredPart> {
    const blobKey = newBlobKey();
    let size = 0;
    await this.#parts.blobs.put(
      blobKey,
      (async function* () {
        for await (const bytes of portions.portion()) {
          size += bytes.byteLength;
          hash?.update(bytes);
          yield bytes;
        }
      })(),
    );
    return { start, size, blobKey };
  }

  async #add(uploadId: string, parts: readonly StoredPart[]): Promise<void> {
    if (await this.#parts.uploads.addParts(uploadId, parts)) return;
    await deleteAll(
      this.#parts,
      parts.map(({ blobKey }) => blobKey),
    );
    throw new AppError('conflict', { detail: 'Another request has gone on with this upload, or ended it: ask how far it is.' });
  }

  /** Of a file that no message holds; the keys that nothing needs any more. */
  async #withdrawnFile(fileId: string): Promise<readonly string[]> {
    const { releasedIds } = await this.#parts.bus.call(releaseAttachments, { attachmentIds: [fileId] }, systemContext());
    if (releasedIds.length === 0) throw new AppError('conflict', { detail: 'A message holds this file: delete the message.' });
    return this.#parts.files.remove(releasedIds);
  }
}

export async function deleteAll({ blobs }: Pick<MediaParts, 'blobs'>, keys: readonly string[]): Promise<void> {
  for (const key of keys) await blobs.delete(key);
}

const wholeFrom = (file: StoredFile | null, now: number): StoredUpload | null =>
  file && {
    id: file.id,
    ownerId: file.ownerId,
    name: file.name,
    declaredType: file.mimeType,
    size: file.size,
    received: file.size,
    partCount: 0,
    changedAt: now,
  };

const tooManyParts = (): AppError =>
  new AppError('conflict', { detail: `An upload may have ${String(mostParts)} parts: send more bytes in each request.` });
