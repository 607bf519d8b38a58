import { registerAttachment } from '../../contracts/chat/attachments.ts';
import type { Attachment } from '../../contracts/chat/messages.ts';
import { type MediaSettings, mediaSettings } from '../../contracts/media/team-settings.ts';
import { storageErrors } from '../../contracts/storage.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, isAppError } from '../../kernel/errors.ts';
import { newBlobKey } from './domain/blob-key.ts';
import { fileNameOf } from './domain/file-name.ts';
import { withoutLocation } from './domain/location/without-location.ts';
import { headBytes, isAmong, mediaTypeOf } from './domain/media-type.ts';
import { Metered, peeked, tooLarge } from './domain/metered.ts';
import { notShared } from './domain/not-shared.ts';
import { partsOf } from '../../kernel/routes.ts';
import type { MediaParts } from './parts.ts';
import type { Quotas, StoredFile } from './ports.ts';
import { presentFile } from './present.ts';

/** A file as it comes, in one request or in many. */
export interface IncomingFile {
  /** Of the file that it becomes. */
  readonly id: string;
  readonly ownerId: string;
  /** As the client wrote it. */
  readonly name: string;
  readonly declaredType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Rejects where nobody, or no file of this size, may be uploaded now. `room`: what it takes in the store, bytes. */
export function requireIntake(parts: MediaParts, asked: { size: number; room: number }): Promise<void> {
  return refusalsCounted(parts, () => checkIntake(parts, asked));
}

async function checkIntake(parts: MediaParts, { size, room }: { size: number; room: number }): Promise<void> {
  if (!parts.areFilesOn) throw notShared();
  const { maxFileBytes, keptFreeBytes } = parts.settings.of(mediaSettings);
  if (size > maxFileBytes) throw tooLarge(maxFileBytes);
  await requireRoom(parts, keptFreeBytes, room);
}

/** Files leave the database its room: chat goes on when no more files are taken. */
async function requireRoom({ blobs }: MediaParts, keptFreeBytes: number, room: number): Promise<void> {
  const free = await blobs.freeBytes();
  if (free === null || free - room >= keptFreeBytes) return;
  throw new AppError('quota_exceeded', {
    detail: 'The server’s disk has no room for this file until an admin frees space or enlarges it. Messages go on.',
    errors: storageErrors('full'),
  });
}

/** How the row of a file whose bytes are stored comes to be; answers the file as it is kept, or null where it is needed no more. */
type AddFile<T extends StoredFile | null> = (file: StoredFile, quotas: Quotas) => Promise<T>;

/**
 * Stores the bytes, then the file; refused, it leaves nothing. `lyingAt`: `bytes` lie under this key and nothing else does; they stay there, unless something is
 * taken out of them, for which they are read again.
 */
export async function storedFrom<T extends StoredFile | null>(
  parts: MediaParts,
  file: IncomingFile,
  how: { add: AddFile<T>; lyingAt?: string | undefined },
): Promise<T> {
  const stored = await refusalsCounted(parts, () => storeFile(parts, file, how));
  if (stored) parts.intake.add({ result: 'stored' });
  return stored;
}

const refusals: ReadonlySet<string> = new Set([
  'payload_too_large',
  'quota_exceeded',
  'unsupported_media_type',
  'malware_found',
  'unavailable',
]);

async function refusalsCounted<T>({ intake }: MediaParts, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = isAppError(error) ? error.code : 'internal';
    intake.add({ result: code === 'client_closed' ? 'aborted' : refusals.has(code) ? code : 'failed' });
    throw error;
  }
}

async function storeFile<T extends StoredFile | null>(
  parts: MediaParts,
  { id, ownerId, name, declaredType, bytes }: IncomingFile,
  { add, lyingAt }: { add: AddFile<T>; lyingAt?: string | undefined },
): Promise<T> {
  const settings = parts.settings.of(mediaSettings);
  const { maxFileBytes: limit } = settings;
  const { head, whole } = await peeked(bytes, headBytes);
  const mimeType = await allowedType(head, declaredType, settings);
  const kept: Rewrite = (all) => (settings.removesLocation ? withoutLocation(all, mimeType) : all);
  const lying = lyingAt === undefined ? null : await sizeAndDigest(whole, { kept, limit });
  const laid =
    lyingAt !== undefined && lying !== null
      ? { ...lying, blobKey: lyingAt }
      : await laidDown(parts, kept(lyingAt === undefined ? whole : bytes), limit);
  let stored: T | undefined;
  try {
    await requireClean(parts, { id, ownerId, blobKey: laid.blobKey });
    stored = await add({ id, ownerId, name: fileNameOf(name), mimeType, ...laid }, settings);
    return stored;
  } finally {
    // Refused, or there already under another key.
    if (laid.blobKey !== lyingAt && stored?.blobKey !== laid.blobKey) await parts.blobs.delete(laid.blobKey);
  }
}

/** Nobody gets a file before it was looked into. */
async function requireClean(
  { scanner, blobs, logger }: MediaParts,
  { id, ownerId, blobKey }: Pick<StoredFile, 'id' | 'ownerId' | 'blobKey'>,
): Promise<void> {
  if (!scanner) return;
  const found = await scanner.scan(partsOf(await blobs.read(blobKey)));
  if (found === null) return;
  logger.warn('an upload with malware was refused', { event: 'media.malware_refused', fileId: id, userId: ownerId, malware: found });
  throw new AppError('malware_found', { detail: `The virus scanner found ${found} in this file. It was not stored.` });
}

type Rewrite = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
type Laid = Pick<StoredFile, 'size' | 'sha256' | 'blobKey'>;

async function laidDown({ blobs }: MediaParts, bytes: AsyncIterable<Uint8Array>, limit: number): Promise<Laid> {
  const metered = new Metered(bytes, limit);
  const blobKey = newBlobKey();
  await blobs.put(blobKey, metered);
  return { size: metered.size, sha256: metered.digest(), blobKey };
}

/** Null where what is to be kept differs from the bytes. */
async function sizeAndDigest(
  bytes: AsyncIterable<Uint8Array>,
  { kept, limit }: { kept: Rewrite; limit: number },
): Promise<Omit<Laid, 'blobKey'> | null> {
  const before = new Metered(bytes, limit);
  const after = new Metered(kept(before), limit);
  await drained(after);
  const sha256 = after.digest();
  return before.digest() === sha256 ? { size: after.size, sha256 } : null;
}

async function drained(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const all = bytes[Symbol.asyncIterator]();
  while ((await all.next()).done !== true);
}

/** The media type of a file that begins so. Rejects one that may not be uploaded. */
export async function allowedType(
  head: Uint8Array,
  declaredType: string,
  { allowedTypes }: Pick<MediaSettings, 'allowedTypes'>,
): Promise<string> {
  const mimeType = await mediaTypeOf(head, declaredType);
  if (!isAmong(mimeType, allowedTypes)) throw refusedType(mimeType, allowedTypes);
  return mimeType;
}

const refusedType = (type: string, allowed: readonly string[]): AppError =>
  new AppError('unsupported_media_type', { detail: `This file is ${type}. Here one may upload ${allowed.join(', ')}.` });

/** Lets its owner send a stored file. The same again changes nothing. */
export async function registered({ bus, previews }: MediaParts, file: StoredFile, context: Context): Promise<Attachment> {
  const attachment = presentFile(file, await previews.soon(file));
  await bus.call(registerAttachment, { attachment, ownerId: file.ownerId }, context);
  return attachment;
}
