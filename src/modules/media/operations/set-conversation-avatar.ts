import type { setConversationAvatar } from '../../../contracts/media/avatars.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { Context } from '../../../kernel/context.ts';
import { setAvatar } from '../avatars.ts';
import type { MediaParts } from '../parts.ts';

export function handleSetConversationAvatar(
  parts: MediaParts,
  { conversationId, pictureId }: Input<typeof setConversationAvatar>,
  context: Context,
): Promise<Output<typeof setConversationAvatar>> {
  return setAvatar(parts, { kind: 'conversation', id: conversationId }, pictureId, context);
}
