import { registerAttachment } from '../../../contracts/chat/attachments.ts';
import { type MediaSettings, mediaSettings } from '../../../contracts/media/team-settings.ts';
import { storageErrors } from '../../../contracts/storage.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import { newBlobKey } from '../domain/blob-key.ts';
import { fileNameOf } from '../domain/file-name.ts';
import { headBytes, isAmong, mediaTypeOf } from '../domain/media-type.ts';
import { Metered, peeked, tooLarge } from '../domain/metered.ts';
import { notShared } from '../domain/not-shared.ts';
import type { MediaParts } from '../parts.ts';
import type { StoredFile, UploadPart } from '../ports.ts';
import { presentFile } from '../present.ts';

/** What a form adds to its file, at most. */
const overhead = 65_536;

export async function handleUploadFile(parts: MediaParts, { request }: RouteCall, context: Context): Promise<Response> {
  const { userId: ownerId } = requireActor(context);
  if (!parts.areFilesOn) throw notShared();
  const settings = parts.settings.of(mediaSettings);
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > settings.maxFileBytes + overhead) throw tooLarge(settings.maxFileBytes);
  await requireRoom(parts, settings, announced);
  const file = await parts.forms.read(request, (part) => storedFrom(parts, part, { ownerId, settings }));
  parts.uploadedBytes.add({}, file.size);
  const attachment = presentFile(file);
  await parts.bus.call(registerAttachment, { attachment, ownerId }, context);
  return Response.json(attachment, { status: 201 });
}

/** Files leave the database its room: chat goes on when no more files are taken. */
async function requireRoom({ blobs }: MediaParts, { keptFreeBytes }: MediaSettings, announced: number): Promise<void> {
  const free = await blobs.freeBytes();
  if (free === null || free - announced >= keptFreeBytes) return;
  throw new AppError('quota_exceeded', {
    detail: 'The server’s disk has no room for this file until an admin frees space or enlarges it. Messages go on.',
    errors: storageErrors('full'),
  });
}

async function storedFrom(
  { blobs, files }: MediaParts,
  part: UploadPart,
  { ownerId, settings }: { ownerId: string; settings: MediaSettings },
): Promise<StoredFile> {
  const { head, whole } = await peeked(part.bytes, headBytes);
  const mimeType = await mediaTypeOf(head, part.declaredType);
  if (!isAmong(mimeType, settings.allowedTypes)) throw refusedType(mimeType, settings.allowedTypes);
  const bytes = new Metered(whole, settings.maxFileBytes);
  const blobKey = newBlobKey();
  await blobs.put(blobKey, bytes);
  const file = { id: newId(), ownerId, name: fileNameOf(part.name), mimeType, size: bytes.size, sha256: bytes.digest(), blobKey };
  let stored: StoredFile | null = null;
  try {
    stored = await files.add(file, settings);
    return stored;
  } finally {
    // Refused, or there already under another key.
    if (stored?.blobKey !== blobKey) await blobs.delete(blobKey);
  }
}

const refusedType = (type: string, allowed: readonly string[]): AppError =>
  new AppError('unsupported_media_type', { detail: `This file is ${type}. Here one may upload ${allowed.join(', ')}.` });
