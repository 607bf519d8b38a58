import { userDisabled } from '../../../contracts/auth/accounts.ts';
import { sessionsRevoked } from '../../../contracts/auth/sessions.ts';
import { conversationRemoved } from '../../../contracts/chat/conversations.ts';
import { memberLeft } from '../../../contracts/chat/members.ts';
import { onEvent, type Subscription } from '../../../kernel/bus/bus.ts';
import type { NotificationsParts } from '../parts.ts';

type Parts = Pick<NotificationsParts, 'entries' | 'rules' | 'subscriptions' | 'clock'>;

/** Whoever is in a conversation no more gets nothing of it, and reads no text of it in the centre. Idempotent, as each of these. */
export const onMemberLeft = ({ entries, rules, clock }: Parts): Subscription =>
  onEvent(memberLeft, 'notifications.on-member-left', async ({ payload: { conversationId, userId } }) => {
    await entries.withdraw({ userId, conversationId }, 'no_member', clock.timestamp());
    await rules.forget(conversationId, userId);
  });

export const onConversationRemoved = ({ entries, rules, clock }: Parts): Subscription =>
  onEvent(conversationRemoved, 'notifications.on-conversation-removed', async ({ payload: { conversationId } }) => {
    await entries.withdraw({ userId: null, conversationId }, 'no_member', clock.timestamp());
    await rules.forget(conversationId);
  });

export const onUserDisabled = ({ entries, subscriptions, clock }: Parts): Subscription =>
  onEvent(userDisabled, 'notifications.on-user-disabled', async ({ payload: { userId } }) => {
    await entries.withdraw({ userId, conversationId: null }, 'account_closed', clock.timestamp());
    await subscriptions.removeOfSessions(userId, null);
  });

/** A device that is signed out gets no pushes. */
export const onSessionsRevoked = ({ subscriptions }: Parts): Subscription =>
  onEvent(sessionsRevoked, 'notifications.on-sessions-revoked', ({ payload: { userId, sessionIds } }) =>
    subscriptions.removeOfSessions(userId, sessionIds),
  );
