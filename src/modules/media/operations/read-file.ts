import { checkAttachmentAccess } from '../../../contracts/chat/attachments.ts';
import type { readFile } from '../../../contracts/media/files.ts';
import type { Input } from '../../../contracts/define.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError, isAppError, notFound } from '../../../kernel/errors.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import { notShared } from '../domain/not-shared.ts';
import { hasAlready, portionOf } from '../domain/ranges.ts';
import { etagOf, headersOf } from '../domain/serving.ts';
import type { MediaParts } from '../parts.ts';
import type { ByteRange, StoredFile } from '../ports.ts';

/** Access is asked for at each request: it ends with the membership and with the message. */
export async function handleReadFile(
  parts: MediaParts,
  { input: { fileId }, request }: RouteCall<Input<typeof readFile>>,
  context: Context,
): Promise<Response> {
  const { userId } = requireActor(context);
  const [file, { isAllowed }] = await Promise.all([
    parts.files.find(fileId),
    parts.bus.call(checkAttachmentAccess, { attachmentId: fileId, userId }, context),
  ]);
  if (!file || !isAllowed) throw notFound();
  if (!parts.areFilesOn) throw notShared();
  const headers = headersOf(file);
  const etag = etagOf(file);
  if (hasAlready(request.headers, etag)) return new Response(null, { status: 304, headers });
  const portion = portionOf(request.headers, { etag, size: file.size });
  if (portion === 'unsatisfiable') return unsatisfiable(file, headers);
  const isHead = request.method === 'HEAD';
  const range = portion === 'whole' ? undefined : portion;
  return new Response(isHead ? null : await bytesOf(parts, file, range), {
    status: range ? 206 : 200,
    headers: { ...headers, ...extent(range, file.size) },
  });
}

const extent = (range: ByteRange | undefined, size: number): Record<string, string> =>
  range
    ? {
        'Content-Length': String(range.end - range.start + 1),
        'Content-Range': `bytes ${String(range.start)}-${String(range.end)}/${String(size)}`,
      }
    : { 'Content-Length': String(size) };

const unsatisfiable = ({ size }: StoredFile, { 'Cache-Control': cache = '' }: Readonly<Record<string, string>>): Response =>
  new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${String(size)}`, 'Cache-Control': cache } });

async function bytesOf({ blobs, logger }: MediaParts, file: StoredFile, range: ByteRange | undefined): Promise<ReadableStream<Uint8Array>> {
  try {
    return await blobs.read(file.blobKey, range);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'not_found') throw error;
    logger.error('the bytes of a file are lost', { event: 'media.bytes_lost', fileId: file.id, blob: file.blobKey });
    throw new AppError('unavailable', {
      detail: 'The bytes of this file are lost. An admin can restore them from a backup.',
      cause: error,
    });
  }
}
