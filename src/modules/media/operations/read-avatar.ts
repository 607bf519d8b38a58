import type { readAvatar } from '../../../contracts/media/avatars.ts';
import type { Input } from '../../../contracts/define.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import { hasAlready } from '../domain/ranges.ts';
import type { MediaParts } from '../parts.ts';

const year = 31_536_000;

/** Another picture has another address: what a browser has it keeps. */
export async function handleReadAvatar(
  { avatars }: MediaParts,
  { input: { token, size }, request }: RouteCall<Input<typeof readAvatar>>,
): Promise<Response> {
  const bytes = await avatars.read(token, Number(size));
  if (bytes === null) throw notFound();
  const etag = `"${token}-${size}"`;
  const headers = {
    'Content-Type': 'image/webp',
    'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': `private, max-age=${String(year)}, immutable`,
    ETag: etag,
  };
  if (hasAlready(request.headers, etag)) return new Response(null, { status: 304, headers });
  const isHead = request.method === 'HEAD';
  return new Response(isHead ? null : Buffer.from(bytes), {
    status: 200,
    headers: { ...headers, 'Content-Length': String(bytes.byteLength) },
  });
}
