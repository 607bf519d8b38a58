import { readNotice } from '../../contracts/notifications/notices.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Counter } from '../../kernel/telemetry/metrics.ts';
import { noteTexts } from './domain/note-texts.ts';
import { retryAt, ttlOf, urgencyOf } from './domain/timing.ts';
import { underLease } from './leases.ts';
import type { Conversations, Lookups, Person } from './lookups.ts';
import type { Answer, Note, PushChannel, RuleStore } from './ports.ts';
import { type Receipts, topicOf } from './receipts.ts';
import type { Lease, Channel, Deliveries, DueDelivery, Entries, Settled, Subscriptions } from './store-ports.ts';

/** Deliveries that are taken together, and sent at the same time. */
const together = 100;
const atOnce = 20;

export interface SenderParts {
  readonly deliveries: Deliveries;
  readonly entries: Entries;
  readonly subscriptions: Subscriptions;
  readonly rules: RuleStore;
  readonly lookups: Lookups;
  readonly receipts: Receipts;
  readonly clock: Clock;
  readonly logger: Logger;
  /** By channel and outcome. */
  readonly answered: Counter;
  /** What was due and is not sent, by channel and reason. */
  readonly cancelled: Counter;
}

/** What is so at the moment of sending. */
export interface Present {
  readonly conversations: Conversations;
  readonly people: ReadonlyMap<string, Person>;
  readonly openSessions: ReadonlySet<string>;
  /** `<conversationId>:<userId>` → until when, Unix milliseconds. */
  readonly mutedUntil: ReadonlyMap<string, number>;
  readonly now: number;
}

interface KnownOfPeople {
  readonly unread: Awaited<ReturnType<Entries['unread']>>;
  readonly readUpTo: Awaited<ReturnType<Entries['readUpTo']>>;
}

/** Sends what is due to the devices of one channel, once more checked against what is so now. */
export class Sender {
  readonly #parts: SenderParts;
  readonly #channel: PushChannel;

  constructor(parts: SenderParts, channel: PushChannel) {
    this.#parts = parts;
    this.#channel = channel;
  }

  /** One batch. Answers how many deliveries were taken. */
  step(): Promise<number> {
    const { deliveries, clock } = this.#parts;
    return underLease(
      clock,
      (lease) => deliveries.renew(this.#name, lease),
      (lease) => this.#batch(lease),
    );
  }

  async #batch(lease: Lease): Promise<number> {
    const { deliveries, clock } = this.#parts;
    const { token } = lease;
    const due = await deliveries.lease(this.#name, together, lease);
    if (due.length === 0) return 0;
    const present = await presentOf(this.#parts, due);
    const checked = due.map((delivery) => ({ delivery, reason: reasonAgainst(delivery, present) }));
    const refused = checked.flatMap(({ delivery, reason }) => (reason === null ? [] : [this.#cancelled(delivery, reason)]));
    if (refused.length > 0) await deliveries.settle(refused, { token, now: clock.timestamp() });
    const sent = checked.flatMap(({ delivery, reason }) => (reason === null ? [delivery] : []));
    const known = await this.#knownOf([...new Set(sent.map(({ userId }) => userId))]);
    for (let at = 0; at < sent.length; at += atOnce) {
      const portion = sent.slice(at, at + atOnce);
      const answers = await Promise.all(
        portion.map(async (delivery) => ({ delivery, answer: await this.#send(delivery, present, known) })),
      );
      const now = clock.timestamp();
      await deliveries.settle(
        answers.map(({ delivery, answer }) => this.#after(delivery, answer)),
        { token, now },
      );
      await this.#parts.subscriptions.answered(
        answers.map(({ delivery, answer }) => ({ id: delivery.deviceId, answer })),
        now,
      );
    }
    return due.length;
  }

  get #name(): Exclude<Channel, 'mail'> {
    return this.#channel.kind === 'fcm' ? 'fcm' : 'push';
  }

  async #knownOf(userIds: readonly string[]): Promise<KnownOfPeople> {
    const { entries } = this.#parts;
    const [unread, readUpTo] = await Promise.all([entries.unread(userIds), entries.readUpTo(userIds)]);
    return { unread, readUpTo };
  }

  #send(delivery: DueDelivery, present: Present, { unread, readUpTo }: KnownOfPeople): Promise<Answer> {
    const note = noteOf(delivery, present, {
      receipt: this.#parts.receipts.of(delivery.eventId, delivery.deviceId),
      badge: unread.get(delivery.userId) ?? 0,
      readUpTo: readUpTo.get(delivery.userId) ?? {},
    });
    const target = delivery.subscription?.target;
    if (!note || !target) return Promise.resolve({ outcome: 'gone', detail: 'the subscription was removed' });
    return this.#channel.send(target, note);
  }

  #after(delivery: DueDelivery, answer: Answer): Settled {
    this.#parts.answered.add({ channel: this.#name, outcome: answer.outcome });
    if (answer.outcome === 'refused')
      this.#parts.logger.error('a push service refuses what this server sends', {
        event: 'notifications.refused',
        channel: this.#name,
        detail: answer.detail,
        eventId: delivery.eventId,
      });
    return settledBy(delivery, answer, this.#parts.clock.now());
  }

  #cancelled(delivery: DueDelivery, reason: string): Settled {
    this.#parts.cancelled.add({ channel: this.#name, reason });
    return settledAs(delivery, 'cancelled', reason, this.#parts.clock.timestamp());
  }
}

export function settledBy(delivery: DueDelivery, answer: Answer, now: number): Settled {
  const at = new Date(now).toISOString();
  if (answer.outcome !== 'later') return settledAs(delivery, answer.outcome, answer.detail, at);
  const { attempts, expiresAt } = delivery;
  const again = retryAt(now, { attempts, retryAfterMs: answer.retryAfterMs, expiresAt: Date.parse(expiresAt) });
  if (again === null) return settledAs(delivery, 'dead', answer.detail, at);
  const { eventId, deviceId } = delivery;
  return {
    eventId,
    deviceId,
    state: 'waiting',
    dueAt: new Date(again).toISOString(),
    step: { at, step: 'retried', detail: answer.detail },
  };
}

export const settledAs = ({ eventId, deviceId }: DueDelivery, state: Settled['state'], detail: string, at: string): Settled => ({
  eventId,
  deviceId,
  state,
  step: { at, step: state === 'waiting' ? 'retried' : state, detail },
});

/** One call of each module for all of them. */
export async function presentOf(
  { lookups, rules, clock }: Pick<SenderParts, 'lookups' | 'rules' | 'clock'>,
  due: readonly DueDelivery[],
): Promise<Present> {
  const entries = due.flatMap(({ entry }) => entry ?? []);
  const conversationIds = [...new Set(entries.flatMap(({ conversationId }) => conversationId ?? []))];
  const userIds = due.map(({ userId }) => userId);
  const messageIds = entries.flatMap(({ messageId }) => messageId ?? []);
  const [conversations, people, openSessions, found] = await Promise.all([
    lookups.conversations({ conversationIds, userIds, messageIds }),
    lookups.people([...userIds, ...entries.flatMap(({ actorId }) => actorId ?? [])]),
    lookups.openSessions(due.flatMap(({ subscription }) => subscription?.sessionId ?? [])),
    conversationIds.length > 0 ? rules.in(conversationIds) : [],
  ]);
  const muted = found.flatMap(({ conversationId, userId, mutedUntil }) =>
    mutedUntil === null ? [] : [[`${conversationId}:${userId}`, Date.parse(mutedUntil)] as const],
  );
  return { conversations, people, openSessions, mutedUntil: new Map(muted), now: clock.now() };
}

/** Why a delivery must not be sent any more; null where nothing speaks against it. */
export function reasonAgainst(delivery: DueDelivery, { conversations, people, openSessions, mutedUntil, now }: Present): string | null {
  const { entry, subscription, userId, channel } = delivery;
  if (entry === null) return 'not_recorded';
  if (!people.has(userId)) return 'account_closed';
  if (channel !== 'mail' && subscription === null) return 'no_device';
  if (subscription && !openSessions.has(subscription.sessionId)) return 'signed_out';
  if (entry.readAt !== null) return 'read';
  if (Date.parse(delivery.expiresAt) <= now) return 'expired';
  if (entry.conversationId === null) return null;
  const member = conversations.byId.get(entry.conversationId)?.members.get(userId);
  if (!member) return 'no_member';
  if (entry.messageId !== null && (conversations.messages.get(entry.messageId)?.deleted ?? true)) return 'message_deleted';
  if (entry.seq !== null && member.lastReadSeq >= entry.seq) return 'read';
  if (entry.cause === 'invite') return null;
  if (member.muted) return 'muted';
  return (mutedUntil.get(`${entry.conversationId}:${userId}`) ?? 0) > now ? 'muted_until' : null;
}

function noteOf(
  { entry, userId, subscription }: DueDelivery,
  { conversations, people }: Present,
  { receipt, badge, readUpTo }: Pick<Note, 'receipt' | 'badge' | 'readUpTo'>,
): Note | null {
  const person = people.get(userId);
  if (!entry || !person) return null;
  const { eventId, cause, conversationId, messageId, seq, actorId } = entry;
  const conversation = conversations.byId.get(conversationId ?? '');
  const actor = people.get(actorId ?? '');
  const language = person.language ?? subscription?.language ?? 'en';
  const texts = noteTexts({
    cause,
    title: entry.title,
    text: entry.text,
    notice: readNotice(entry.text),
    actorName: actor?.displayName ?? entry.title,
    isDirect: conversation?.kind === 'direct',
    showsText: person.preferences.showsText,
    language,
  });
  const mark = conversation?.members.get(userId)?.lastReadSeq;
  return {
    eventId,
    receipt,
    cause,
    ...texts,
    path: pathOf(conversationId, seq),
    conversationId,
    messageId,
    seq,
    senderId: actorId,
    iconPath: actor?.avatarUrl ?? null,
    badge,
    readUpTo: conversationId === null || mark === undefined ? readUpTo : { ...readUpTo, [conversationId]: mark },
    topic: topicOf(userId, conversationId ?? eventId),
    ttlSeconds: Math.floor(ttlOf(cause) / 1000),
    urgency: urgencyOf(cause),
    language,
    createdAt: entry.createdAt,
  };
}

const pathOf = (conversationId: string | null, seq: number | null): string =>
  conversationId === null ? '/' : `/c/${conversationId}${seq === null ? '' : `/${String(seq)}`}`;
