import { avatarEdges, largestAvatar, type uploadAvatar } from '../../../contracts/media/avatars.ts';
import type { Input } from '../../../contracts/define.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { partsOf, type RouteCall } from '../../../kernel/routes.ts';
import { isAvatarSource, newAvatarToken } from '../domain/avatars.ts';
import { headBytes, mediaTypeOf } from '../domain/media-type.ts';
import { Metered, peeked } from '../domain/metered.ts';
import type { MediaParts } from '../parts.ts';
import { PreviewsUnavailable, type Square } from '../ports.ts';

export async function handleUploadAvatar(
  parts: MediaParts,
  { input: { x, y, edge }, request }: RouteCall<Input<typeof uploadAvatar>>,
  context: Context,
): Promise<Response> {
  const { userId } = requireActor(context);
  const body = request.body === null ? none() : partsOf(request.body);
  const { head, whole } = await peeked(new Metered(body, largestAvatar), headBytes);
  const mimeType = await mediaTypeOf(head, '');
  if (!isAvatarSource(mimeType)) throw noPicture();
  const squares = await squaresOf(parts, { mimeType, open: () => Promise.resolve(whole) }, { x, y, edge: edge ?? null });
  const id = newId();
  await parts.avatars.add({ id, token: newAvatarToken(), madeBy: userId }, squares);
  return Response.json({ pictureId: id }, { status: 201 });
}

type Source = Parameters<MediaParts['maker']['squares']>[0];

async function squaresOf(
  { maker }: MediaParts,
  source: Source,
  cut: { x: number; y: number; edge: number | null },
): Promise<readonly Square[]> {
  try {
    const made = await maker.squares(source, { ...cut, edges: avatarEdges });
    if (typeof made === 'object') return made;
    throw made === 'too_large' ? tooManyPixels() : noPicture();
  } catch (error) {
    if (!(error instanceof PreviewsUnavailable)) throw error;
    throw new AppError('unavailable', {
      detail: 'This server can make no pictures just now; an admin sees why on the health page.',
      cause: error,
    });
  }
}

const noPicture = (): AppError =>
  new AppError('unsupported_media_type', { detail: 'This is no picture that can be read. PNG, JPEG, WebP, GIF, HEIC and AVIF are.' });

const tooManyPixels = (): AppError =>
  new AppError('payload_too_large', { detail: 'This picture has too many pixels; 100 million are the most.' });

async function* none(): AsyncGenerator<Uint8Array> {
  // A request without a body.
}
