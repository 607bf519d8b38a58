import type { readFile } from '../../../contracts/media/files.ts';
import type { Input } from '../../../contracts/define.ts';
import type { Context } from '../../../kernel/context.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import { hasAlready, portionOf } from '../domain/ranges.ts';
import { etagOf, headersOf } from '../domain/serving.ts';
import type { MediaParts } from '../parts.ts';
import type { ByteRange, StoredFile } from '../ports.ts';
import { bytesOf, readableFile } from '../reading.ts';

export async function handleReadFile(
  parts: MediaParts,
  { input: { fileId }, request }: RouteCall<Input<typeof readFile>>,
  context: Context,
): Promise<Response> {
  const file = await readableFile(parts, fileId, context);
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
