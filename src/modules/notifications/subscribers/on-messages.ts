import { type Message, messageCreated, messageDeleted, messageUpdated } from '../../../contracts/chat/messages.ts';
import { onEvent, type Subscription } from '../../../kernel/bus/bus.ts';
import { seconds } from '../../../kernel/clock.ts';
import { textOf } from '../decisions.ts';
import type { MessageOccurrence } from '../domain/occurrence.ts';
import type { NotificationsParts } from '../parts.ts';

/** An edit that is older was seen when it was made; later changes of the message carry its time again. */
const freshMs = seconds(60);

/** New messages wait in the inbox to be decided. Idempotent: a message is decided once. */
export const onMessageCreated = ({ arrivals }: Pick<NotificationsParts, 'arrivals'>): Subscription =>
  onEvent(messageCreated, 'notifications.on-message-created', ({ payload: { message } }) => {
    // What the app itself says notifies nobody.
    if (message.kind === 'system') return;
    return arrivals.add(occurrenceOf('message', message));
  });

/** Entries follow the text. Whom an edit mentions for the first time is notified once. Idempotent: a person has one entry of a message. */
export const onMessageUpdated = ({ arrivals, entries, clock }: Pick<NotificationsParts, 'arrivals' | 'entries' | 'clock'>): Subscription =>
  onEvent(messageUpdated, 'notifications.on-message-updated', async ({ payload: { message } }) => {
    if (message.editedAt === null || message.deletedAt !== null) return;
    if (clock.now() - Date.parse(message.editedAt) > freshMs) return;
    const occurrence = occurrenceOf('edit', message);
    await entries.rewrite(message.id, textOf(occurrence), clock.timestamp());
    if (message.mentions.length > 0) await arrivals.add(occurrence);
  });

/** Entries lose the text, and nothing more of it is sent. Idempotent. */
export const onMessageDeleted = ({ entries, clock }: Pick<NotificationsParts, 'entries' | 'clock'>): Subscription =>
  onEvent(messageDeleted, 'notifications.on-message-deleted', ({ payload: { message } }) =>
    entries.rewrite(message.id, '', clock.timestamp()),
  );

const occurrenceOf = (kind: MessageOccurrence['kind'], message: Message): MessageOccurrence => ({
  kind,
  eventId: message.id,
  conversationId: message.conversationId,
  seq: message.seq,
  senderId: message.senderId,
  text: message.text,
  attachmentName: message.attachments[0]?.name ?? null,
  mentions: message.mentions,
  replyTo: message.replyTo,
  threadRootId: message.threadRootId,
  createdAt: message.createdAt,
});
