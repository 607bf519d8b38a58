import { membersJoined } from '../../../contracts/chat/members.ts';
import { onEvent, type Subscription } from '../../../kernel/bus/bus.ts';
import type { NotificationsParts } from '../parts.ts';

/** Whoever was brought in by somebody is notified. Idempotent: an event is decided once. */
export const onMembersJoined = ({ arrivals, clock }: Pick<NotificationsParts, 'arrivals' | 'clock'>): Subscription =>
  onEvent(membersJoined, 'notifications.on-members-joined', async ({ id, payload: { conversationId, members, by } }) => {
    const userIds = members.map(({ userId }) => userId).filter((userId) => userId !== by);
    if (!by || userIds.length === 0) return;
    const createdAt = members[0]?.joinedAt ?? clock.timestamp();
    await arrivals.add({ kind: 'invite', eventId: id, conversationId, actorId: by, userIds, createdAt });
  });
