import { notificationCreated, notificationsRead } from '../../contracts/notifications/notifications.ts';
import type { Clock } from '../../kernel/clock.ts';
import { errorText } from '../../kernel/errors.ts';
import type { Counter } from '../../kernel/telemetry/metrics.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import { type KnownOfBatch, calledBy, type Called, decisionOf, isOfMessage } from './decisions.ts';
import type { Occurrence } from './domain/occurrence.ts';
import { underLease } from './leases.ts';
import type { Lookups } from './lookups.ts';
import type { Happened, RuleStore } from './ports.ts';
import type {
  Lease,
  Channel,
  Decision,
  Entries,
  Inbox,
  InboxRow,
  NewEntry,
  ReadMark,
  StoredSubscription,
  Subscriptions,
} from './store-ports.ts';

/** Occurrences that are decided together. */
const together = 50;
/** Entries that are made together, about. */
const entriesAtMost = 2_000;
const retryFromMs = 1_000;
const retryAtMostMs = 60_000;

export interface DeciderParts {
  readonly inbox: Inbox;
  readonly entries: Entries;
  readonly subscriptions: Subscriptions;
  readonly rules: RuleStore;
  readonly lookups: Lookups;
  /** Channels that are on now. */
  readonly channelsOn: () => ReadonlySet<Channel>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** By reason; `notified` where nothing held it back. */
  readonly decided: Counter;
}

/** Decides what waits in the inbox: whom it notifies, on which device and when. */
export class Decider {
  readonly #parts: DeciderParts;

  constructor(parts: DeciderParts) {
    this.#parts = parts;
  }

  /** One batch. Answers how many occurrences were decided; rejects where nothing could be: they wait to be tried again. */
  step(): Promise<number> {
    const { inbox, clock } = this.#parts;
    return underLease(
      clock,
      (lease) => inbox.renew(lease),
      (lease) => this.#batch(lease),
    );
  }

  async #batch(lease: Lease): Promise<number> {
    const { inbox, clock } = this.#parts;
    const { token } = lease;
    const rows = await inbox.lease(together, lease);
    if (rows.length === 0) return 0;
    try {
      return await this.#decide(rows, token);
    } catch (error) {
      const attempts = Math.max(...rows.map((row) => row.attempts));
      const waitMs = Math.min(retryFromMs * 2 ** Math.min(attempts, 10), retryAtMostMs);
      this.#parts.logger.warn('notifications could not be decided; they are tried again', {
        event: 'notifications.decision_failed',
        error: errorText(error),
        waiting: rows.length,
        waitMs,
      });
      await inbox.release(token, new Date(clock.now() + waitMs).toISOString());
      throw error;
    }
  }

  async #decide(rows: readonly InboxRow[], token: string): Promise<number> {
    const all = rows.flatMap(({ id, occurrences }) =>
      occurrences.map((occurrence, at) => ({ id, occurrence, isLast: at === occurrences.length - 1 })),
    );
    const known = await this.#known(all.map(({ occurrence }) => occurrence));
    const called = all.map(({ id, occurrence, isLast }) => ({ id, called: calledBy(occurrence, known), isLast }));
    const devices = await this.#devices(called.map((one) => one.called));
    for (const portion of portionsOf(called)) {
      const decisions = portion.map((one) => decisionOf(one.id, one.called, known, devices));
      const done = portion.flatMap(({ id, isLast }) => (isLast ? [id] : []));
      await this.#parts.entries.decide(decisions, { token, done, now: this.#parts.clock.timestamp(), happened: createdEvent });
      this.#count(decisions);
      await this.#lookAgain(decisions.flatMap(({ entries }) => entries));
    }
    return all.length;
  }

  #count(decisions: readonly Decision[]): void {
    const { decided } = this.#parts;
    for (const { event, entries } of decisions) {
      decided.add({ reason: 'notified' }, entries.length);
      for (const [reason, userIds] of Object.entries(event.held)) decided.add({ reason }, userIds.length);
    }
  }

  async #known(occurrences: readonly Occurrence[]): Promise<KnownOfBatch> {
    const { lookups, rules, clock } = this.#parts;
    const messages = occurrences.flatMap((one) => (isOfMessage(one) ? [one] : []));
    const conversationIds = [...new Set(occurrences.flatMap((one) => ('conversationId' in one ? [one.conversationId] : [])))];
    const [conversations, found] = await Promise.all([
      lookups.conversations({
        conversationIds,
        messageIds: messages.flatMap(({ eventId, replyTo }) => (replyTo === null ? [eventId] : [eventId, replyTo])),
        threadRootIds: messages.flatMap(({ threadRootId }) => (threadRootId === null ? [] : [threadRootId])),
      }),
      conversationIds.length > 0 ? rules.in(conversationIds) : [],
    ]);
    const members = [...conversations.byId.values()].flatMap((one) => [...one.members.keys()]);
    const named = occurrences.flatMap((one) =>
      'userIds' in one ? [...one.userIds, one.actorId] : 'userId' in one ? [one.userId] : [one.senderId],
    );
    const people = await lookups.people([...members, ...named]);
    return {
      conversations,
      people,
      rules: new Map(found.map((rule) => [`${rule.conversationId}:${rule.userId}`, rule])),
      now: clock.now(),
    };
  }

  async #devices(called: readonly Called[]) {
    const { subscriptions, lookups, channelsOn } = this.#parts;
    const userIds = [...new Set(called.flatMap(({ causes }) => [...causes.keys()]))];
    const byUser = new Map<string, StoredSubscription[]>();
    if (userIds.length > 0)
      for (const one of await subscriptions.of(userIds)) byUser.set(one.userId, [...(byUser.get(one.userId) ?? []), one]);
    const activity = byUser.size > 0 ? await lookups.activity([...byUser.keys()]) : new Map<string, never>();
    return { subscriptions: byUser, activity, on: channelsOn() };
  }

  /** Somebody may have read, left or deleted between the question and the commit: their events found no entry yet. */
  async #lookAgain(made: readonly NewEntry[]): Promise<void> {
    const { lookups, entries, clock } = this.#parts;
    const within = made.filter(({ conversationId }) => conversationId !== null);
    if (within.length === 0) return;
    const now = await lookups.conversations({
      conversationIds: within.map(({ conversationId }) => conversationId ?? ''),
      userIds: within.map(({ userId }) => userId),
      messageIds: within.flatMap(({ messageId }) => messageId ?? []),
    });
    const marks = new Map<string, ReadMark>();
    const left = new Map<string, { userId: string; conversationId: string }>();
    for (const { userId, conversationId: id, seq } of within) {
      const conversationId = id ?? '';
      const member = now.byId.get(conversationId)?.members.get(userId);
      if (!member) left.set(`${conversationId}:${userId}`, { userId, conversationId });
      else if (seq !== null && member.lastReadSeq >= seq)
        marks.set(`${conversationId}:${userId}`, { userId, conversationId, seq: member.lastReadSeq });
    }
    const at = clock.timestamp();
    await entries.read([...marks.values()], at, readEvent);
    for (const one of left.values()) await entries.withdraw(one, 'no_member', at);
    for (const eventId of new Set(within.flatMap(({ messageId }) => messageId ?? [])))
      if (now.messages.get(eventId)?.deleted) await entries.rewrite(eventId, '', at);
  }
}

/** Portions of about so many entries that one transaction stores. */
function portionsOf<T extends { readonly called: Called }>(all: readonly T[]): T[][] {
  const portions: T[][] = [];
  let room = 0;
  for (const one of all) {
    if (room <= 0) {
      portions.push([]);
      room = entriesAtMost;
    }
    portions.at(-1)?.push(one);
    room -= one.called.causes.size;
  }
  return portions;
}

const createdEvent = ({ deliveries: _, userId, ...entry }: NewEntry, unread: number): Happened => ({
  event: notificationCreated,
  payload: { userId, notification: { ...entry, readAt: null }, unread },
});

export const readEvent = ({ userId, conversationId, seq }: ReadMark, unread: number): Happened => ({
  event: notificationsRead,
  payload: { userId, ids: null, conversationId, upToSeq: seq, upToId: null, unread },
});
