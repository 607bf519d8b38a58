import { readMoved } from '../../../contracts/chat/read-state.ts';
import { onEvent, type Subscription } from '../../../kernel/bus/bus.ts';
import type { NotificationsParts } from '../parts.ts';

/** What was read is read in the centre too, and is not sent any more. Idempotent. */
export const onReadMoved = ({ reads }: Pick<NotificationsParts, 'reads'>): Subscription =>
  onEvent(readMoved, 'notifications.on-read-moved', ({ payload: { userId, conversationId, seq } }) =>
    reads.add({ userId, conversationId, seq }),
  );
