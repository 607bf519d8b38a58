import type { readThumbnail } from '../../../contracts/media/files.ts';
import type { Input } from '../../../contracts/define.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import { bytesOf, readableFile } from '../reading.ts';
import { hasAlready } from '../domain/ranges.ts';
import { etagOf, headersOf, isPicture } from '../domain/serving.ts';
import type { MediaParts } from '../parts.ts';
import type { PreviewName, StoredFile, StoredPreview } from '../ports.ts';

/** What is answered is the picture of these bytes for ever; who may have it is asked each time. */
export async function handleReadThumbnail(
  parts: MediaParts,
  { input: { fileId, size: name }, request }: RouteCall<Input<typeof readThumbnail>>,
  context: Context,
): Promise<Response> {
  const file = await readableFile(parts, fileId, context);
  const { mimeType, size, blobKey } = await pictureOf(parts, file, name);
  const etag = etagOf({ sha256: `${file.sha256}-${name}` });
  const headers = { ...headersOf({ ...file, mimeType }), 'Accept-Ranges': 'none', ETag: etag };
  if (hasAlready(request.headers, etag)) return new Response(null, { status: 304, headers });
  const isHead = request.method === 'HEAD';
  return new Response(isHead ? null : await bytesOf(parts, { id: file.id, blobKey }), {
    status: 200,
    headers: { ...headers, 'Content-Length': String(size) },
  });
}

async function pictureOf({ previewStore }: MediaParts, file: StoredFile, name: PreviewName): Promise<Omit<StoredPreview, 'name'>> {
  const [found, small] = await Promise.all([previewStore.find(file.sha256, name), previewStore.find(file.sha256, 'small')]);
  if (found) return found;
  // Only of what was decoded once: a preview proves that it is a picture.
  if (small && isPicture(file)) return file;
  throw notFound('This file has no preview.');
}
