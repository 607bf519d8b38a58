import type { Input, Output } from '../../../contracts/define.ts';
import type { removeUserFiles } from '../../../contracts/media/erasure.ts';
import type { Context } from '../../../kernel/context.ts';
import { removeAvatar } from '../avatars.ts';
import type { MediaParts } from '../parts.ts';

/** The picture goes first: whoever may not change the account is refused there, before anything is removed. */
export async function handleRemoveUserFiles(
  parts: MediaParts,
  { userId }: Input<typeof removeUserFiles>,
  context: Context,
): Promise<Output<typeof removeUserFiles>> {
  await removeAvatar(parts, { kind: 'user', id: userId }, context);
  await parts.avatars.removeUnusedOf(userId);
  const found = await parts.usage.ofPerson(userId);
  await parts.forcedRemoval.begin(userId);
  return found;
}
