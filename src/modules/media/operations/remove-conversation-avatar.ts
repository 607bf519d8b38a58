import type { removeConversationAvatar } from '../../../contracts/media/avatars.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { Context } from '../../../kernel/context.ts';
import { removeAvatar } from '../avatars.ts';
import type { MediaParts } from '../parts.ts';

export async function handleRemoveConversationAvatar(
  parts: MediaParts,
  { conversationId }: Input<typeof removeConversationAvatar>,
  context: Context,
): Promise<Output<typeof removeConversationAvatar>> {
  await removeAvatar(parts, { kind: 'conversation', id: conversationId }, context);
  return {};
}
