import type { setOwnAvatar } from '../../../contracts/media/avatars.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { setAvatar } from '../avatars.ts';
import type { MediaParts } from '../parts.ts';

export function handleSetOwnAvatar(
  parts: MediaParts,
  { pictureId }: Input<typeof setOwnAvatar>,
  context: Context,
): Promise<Output<typeof setOwnAvatar>> {
  return setAvatar(parts, { kind: 'user', id: requireActor(context).userId }, pictureId, context);
}
