import { checkAttachmentAccess } from '../../contracts/chat/attachments.ts';
import { type Context, requireActor } from '../../kernel/context.ts';
import { AppError, isAppError, notFound } from '../../kernel/errors.ts';
import { notShared } from './domain/not-shared.ts';
import type { MediaParts } from './parts.ts';
import type { ByteRange, StoredFile } from './ports.ts';

/** A file that this person may read now. Access is asked for at each request: it ends with the membership and with the message. */
export async function readableFile(parts: MediaParts, fileId: string, context: Context): Promise<StoredFile> {
  const { userId } = requireActor(context);
  const [file, { isAllowed }] = await Promise.all([
    parts.files.find(fileId),
    parts.bus.call(checkAttachmentAccess, { attachmentId: fileId, userId }, context),
  ]);
  if (!file || !isAllowed) throw notFound();
  if (!parts.areFilesOn) throw notShared();
  return file;
}

/** Bytes of a file or of its preview. */
export async function bytesOf(
  { blobs, logger }: MediaParts,
  { id, blobKey }: Pick<StoredFile, 'id' | 'blobKey'>,
  range?: ByteRange,
): Promise<ReadableStream<Uint8Array>> {
  try {
    return await blobs.read(blobKey, range);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'not_found') throw error;
    logger.error('the bytes of a file are lost', { event: 'media.bytes_lost', fileId: id, blob: blobKey });
    throw new AppError('unavailable', {
      detail: 'The bytes of this file are lost. An admin can restore them from a backup.',
      cause: error,
    });
  }
}
