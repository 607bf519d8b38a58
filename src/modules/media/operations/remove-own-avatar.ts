import type { removeOwnAvatar } from '../../../contracts/media/avatars.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { removeAvatar } from '../avatars.ts';
import type { MediaParts } from '../parts.ts';

export async function handleRemoveOwnAvatar(
  parts: MediaParts,
  _input: Input<typeof removeOwnAvatar>,
  context: Context,
): Promise<Output<typeof removeOwnAvatar>> {
  await removeAvatar(parts, { kind: 'user', id: requireActor(context).userId }, context);
  return {};
}
