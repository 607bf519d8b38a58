import type { removeUserAvatar } from '../../../contracts/media/avatars.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { Context } from '../../../kernel/context.ts';
import { removeAvatar } from '../avatars.ts';
import type { MediaParts } from '../parts.ts';

export async function handleRemoveUserAvatar(
  parts: MediaParts,
  { userId }: Input<typeof removeUserAvatar>,
  context: Context,
): Promise<Output<typeof removeUserAvatar>> {
  await removeAvatar(parts, { kind: 'user', id: userId }, context);
  return {};
}
