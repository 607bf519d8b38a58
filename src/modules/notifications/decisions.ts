import type { Cause } from '../../contracts/notifications/notifications.ts';
import { type NoticeKind, noticeText } from '../../contracts/notifications/notices.ts';
import type { ConversationRule } from '../../contracts/notifications/rules.ts';
import { newId } from '../../kernel/ids.ts';
import { previewOf } from '../../text/plain.ts';
import type { KnownMessage, MessageOccurrence, Occurrence } from './domain/occurrence.ts';
import { mailAfterMs, pushTiming, ttlOf } from './domain/timing.ts';
import { verdictOf } from './domain/verdict.ts';
import type { Conversations, Person } from './lookups.ts';
import type { Channel, Decision, NewDelivery, NewEntry, StoredSubscription } from './store-ports.ts';

const previewLength = 100;

/** All that decisions on a batch of occurrences need. */
export interface KnownOfBatch {
  readonly conversations: Conversations;
  readonly people: ReadonlyMap<string, Person>;
  /** By conversation and person, `<conversationId>:<userId>`. */
  readonly rules: ReadonlyMap<string, ConversationRule>;
  readonly now: number;
}

/** Whom an occurrence notifies, and who is held back why. */
export interface Called {
  readonly occurrence: Occurrence;
  readonly causes: ReadonlyMap<string, Cause>;
  readonly held: Record<string, string[]>;
}

export function calledBy(occurrence: Occurrence, known: KnownOfBatch): Called {
  if (isOfMessage(occurrence)) return calledByMessage(occurrence, known);
  const causes = new Map<string, Cause>();
  const held: Record<string, string[]> = {};
  for (const userId of occurrence.kind === 'invite' ? occurrence.userIds : [occurrence.userId]) {
    const reason = heldBack(occurrence, userId, known);
    if (reason === null) causes.set(userId, occurrence.kind);
    else note(held, reason, userId);
  }
  return { occurrence, causes, held };
}

export const isOfMessage = (occurrence: Occurrence): occurrence is MessageOccurrence =>
  occurrence.kind === 'message' || occurrence.kind === 'edit';

function heldBack(occurrence: Occurrence, userId: string, { people, conversations }: KnownOfBatch): string | null {
  if (!people.has(userId)) return 'account_closed';
  if (occurrence.kind !== 'invite') return null;
  if (userId === occurrence.actorId) return 'own';
  return conversations.byId.get(occurrence.conversationId)?.members.has(userId) ? null : 'no_member';
}

function calledByMessage(occurrence: MessageOccurrence, { conversations, people, rules, now }: KnownOfBatch): Called {
  const causes = new Map<string, Cause>();
  const held: Record<string, string[]> = {};
  const conversation = conversations.byId.get(occurrence.conversationId);
  if (!conversation) return { occurrence, causes, held };
  const message = knownMessage(occurrence, conversation.kind, conversations);
  // An edit calls those alone whom it mentions: the others were asked when the message came.
  const asked = occurrence.kind === 'edit' ? occurrence.mentions : conversation.members.keys();
  for (const userId of asked) {
    const person = people.get(userId);
    const account = person ? { preferences: person.preferences } : null;
    const member = conversation.members.get(userId) ?? null;
    const rule = rules.get(`${occurrence.conversationId}:${userId}`) ?? null;
    const verdict = verdictOf(message, { userId, account, member, rule }, now);
    if (verdict.isNotified) causes.set(userId, verdict.cause);
    else if (!verdict.isDefault && verdict.reason !== 'own') note(held, verdict.reason, userId);
  }
  return { occurrence, causes, held };
}

function knownMessage(occurrence: MessageOccurrence, kind: KnownMessage['kind'], { messages, threads }: Conversations): KnownMessage {
  const { eventId, replyTo, threadRootId, mentions, seq, senderId, text } = occurrence;
  return {
    seq,
    senderId,
    text,
    kind,
    isDeleted: messages.get(eventId)?.deleted ?? true,
    mentions: new Set(mentions),
    repliesTo: replyTo === null ? null : (messages.get(replyTo)?.senderId ?? null),
    followers: (threadRootId === null ? null : threads.get(threadRootId)) ?? new Set(),
  };
}

function note(held: Record<string, string[]>, reason: string, userId: string): void {
  (held[reason] ??= []).push(userId);
}

/** What those who are called have, to be sent to. */
export interface Devices {
  readonly subscriptions: ReadonlyMap<string, readonly StoredSubscription[]>;
  readonly activity: ReadonlyMap<string, { readonly isActive: boolean; readonly isDnd: boolean }>;
  /** Channels that are on. */
  readonly on: ReadonlySet<Channel>;
}

/** Entries of the centre and what is sent to devices. */
export function decisionOf(rowId: string, called: Called, known: KnownOfBatch, devices: Devices): Decision {
  const { occurrence, causes } = called;
  const held: Record<string, string[]> = called.held;
  const entries: NewEntry[] = [];
  for (const [userId, cause] of causes) {
    const person = known.people.get(userId);
    if (person)
      entries.push({
        ...entryOf(occurrence, cause, known),
        userId,
        deliveries: deliveriesOf({ occurrence, cause, person, held }, known.now, devices),
      });
  }
  return {
    rowId,
    event: {
      id: occurrence.eventId,
      kind: occurrence.kind,
      conversationId: 'conversationId' in occurrence ? occurrence.conversationId : null,
      seq: isOfMessage(occurrence) ? occurrence.seq : null,
      actorId: actorOf(occurrence),
      createdAt: occurrence.createdAt,
      held,
    },
    entries,
  };
}

const actorOf = (occurrence: Occurrence): string | null =>
  'senderId' in occurrence ? occurrence.senderId : 'actorId' in occurrence ? occurrence.actorId : null;

function entryOf(occurrence: Occurrence, cause: Cause, { conversations, people }: KnownOfBatch): Omit<NewEntry, 'userId' | 'deliveries'> {
  const actorId = actorOf(occurrence);
  const conversation = 'conversationId' in occurrence ? conversations.byId.get(occurrence.conversationId) : undefined;
  const actorName = people.get(actorId ?? '')?.displayName ?? '';
  return {
    id: newId(),
    eventId: occurrence.eventId,
    cause,
    conversationId: 'conversationId' in occurrence ? occurrence.conversationId : null,
    messageId: isOfMessage(occurrence) ? occurrence.eventId : null,
    seq: isOfMessage(occurrence) ? occurrence.seq : null,
    actorId,
    title: conversation?.name ?? actorName,
    text: isOfMessage(occurrence) ? textOf(occurrence) : occurrence.kind === 'security' ? noticeText(occurrence.notice) : '',
    createdAt: occurrence.createdAt,
  };
}

/** The beginning of a message as it is read; of one without text the name of its file. */
export const textOf = ({ text, attachmentName }: Pick<MessageOccurrence, 'text' | 'attachmentName'>): string =>
  cutAtWord(previewOf(text, previewLength * 2)) || (attachmentName === null ? '' : cutAtWord(attachmentName));

function cutAtWord(line: string): string {
  if (line.length <= previewLength) return line;
  const cut = previewOf(line, previewLength).replace(/…$/, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > previewLength / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** Of notices those that somebody else may have caused who knows the password, and those about the very way that pushes go. */
const mailedNotices: ReadonlySet<NoticeKind> = new Set(['new_device', 'password_changed', 'stale_device', 'service_refuses']);

const isPushed = (occurrence: Occurrence): boolean => occurrence.kind !== 'security' || occurrence.notice.what !== 'stale_device';

function isMailed(occurrence: Occurrence, { mail }: Person['preferences']): boolean {
  if (occurrence.kind === 'security') return mailedNotices.has(occurrence.notice.what);
  return isOfMessage(occurrence) && mail === 'missed';
}

interface ToBeSent {
  readonly occurrence: Occurrence;
  readonly cause: Cause;
  readonly person: Person;
  readonly held: Record<string, string[]>;
}

function deliveriesOf({ occurrence, cause, person, held }: ToBeSent, now: number, { subscriptions, activity, on }: Devices): NewDelivery[] {
  const { userId, preferences } = person;
  const at = new Date(now).toISOString();
  const expiresAt = new Date(now + ttlOf(cause)).toISOString();
  const made: NewDelivery[] = [];
  const all = (subscriptions.get(userId) ?? []).filter(({ kind }) => on.has(kind === 'fcm' ? 'fcm' : 'push'));
  const own = !isPushed(occurrence) ? [] : occurrence.kind === 'test' ? all.filter(({ id }) => id === occurrence.subscriptionId) : all;
  const timing = pushTiming(cause, { preferences, isActive: false, isDnd: false, ...activity.get(userId) }, now);
  if (timing.isHeld && own.length > 0) note(held, timing.reason, userId);
  if (!timing.isHeld)
    for (const { id, kind, device } of own) {
      const dueAt = new Date(now + timing.afterMs).toISOString();
      const steps = [
        { at, step: 'queued' as const, detail: cause },
        ...(timing.afterMs > 0 ? [{ at, step: 'held' as const, detail: 'active_elsewhere' }] : []),
      ];
      made.push({ deviceId: id, channel: kind === 'fcm' ? 'fcm' : 'push', device, dueAt, expiresAt, steps });
    }
  if (isMailed(occurrence, preferences) && on.has('mail')) {
    const dueAt = new Date(now + (occurrence.kind === 'security' ? 0 : mailAfterMs)).toISOString();
    made.push({
      deviceId: userId,
      channel: 'mail',
      device: person.email,
      dueAt,
      expiresAt: new Date(now + 3 * 86_400_000).toISOString(),
      steps: [{ at, step: 'queued', detail: cause }],
    });
  }
  return made;
}
