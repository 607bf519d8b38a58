import { conversationRemoved } from '../../../contracts/chat/conversations.ts';
import { onEvent, type Subscription } from '../../../kernel/bus/bus.ts';
import type { MediaParts } from '../parts.ts';

/** Its picture goes with it. Idempotent. */
export const onConversationRemoved = ({ avatars }: Pick<MediaParts, 'avatars'>): Subscription =>
  onEvent(conversationRemoved, 'media.on-conversation-removed', ({ payload: { conversationId } }) =>
    avatars.removeOf({ kind: 'conversation', id: conversationId }),
  );
