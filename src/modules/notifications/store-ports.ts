import type { Notification } from '../../contracts/notifications/notifications.ts';
import type { Occurrence } from './domain/occurrence.ts';
import type { Failures, Figures } from './admin-ports.ts';
import type { Answer, Happened, Language, PushKind, PushTarget, RuleStore } from './ports.ts';

/** What is taken under one is nobody else's until its end. Times are ISO 8601. */
export interface Lease {
  readonly token: string;
  readonly now: string;
  readonly until: string;
}

/** What happened and is not decided yet; what arrived together is one row. Times are ISO 8601. An occurrence that is stored twice is decided once. */
export interface Inbox {
  add(occurrences: readonly Occurrence[], now: string): Promise<void>;
  /** Takes the oldest rows that are due, of about so many occurrences, for as long as `until`: nobody else takes them before. */
  lease(occurrences: number, lease: Lease): Promise<readonly InboxRow[]>;
  /** Those of a lease stay taken until then. */
  renew(lease: Pick<Lease, 'token' | 'until'>): Promise<void>;
  /** Gives those of a lease back until `dueAt`. */
  release(token: string, dueAt: string): Promise<void>;
  /** Occurrences. */
  count(): Promise<number>;
}

export interface InboxRow {
  readonly id: string;
  readonly occurrences: readonly Occurrence[];
  /** Times that it was taken before. */
  readonly attempts: number;
}

/** What was decided of one occurrence. */
export interface Decision {
  /** The row of the inbox that it was in. */
  readonly rowId: string;
  readonly event: {
    readonly id: string;
    readonly kind: Occurrence['kind'];
    readonly conversationId: string | null;
    readonly seq: number | null;
    readonly actorId: string | null;
    readonly createdAt: string;
    /** Reason → ids of people. */
    readonly held: Readonly<Record<string, readonly string[]>>;
  };
  readonly entries: readonly NewEntry[];
}

export interface NewEntry extends Omit<Notification, 'readAt'> {
  readonly userId: string;
  readonly deliveries: readonly NewDelivery[];
}

export type Channel = 'push' | 'fcm' | 'mail';

export interface NewDelivery {
  readonly deviceId: string;
  readonly channel: Channel;
  readonly device: string;
  readonly dueAt: string;
  readonly expiresAt: string;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly at: string;
  readonly step: 'queued' | 'held' | 'accepted' | 'shown' | 'cancelled' | 'retried' | 'refused' | 'gone' | 'dead';
  readonly detail: string | null;
}

/** What was read: of one person and conversation up to a seq. */
export interface ReadMark {
  readonly userId: string;
  readonly conversationId: string;
  readonly seq: number;
}

export interface Entries {
  /**
   * In one transaction: the rows of the inbox of which all is decided (`done`) go, and what was decided of those that this lease still has
   * is stored and published. Answers how many entries are new.
   */
  decide(
    decisions: readonly Decision[],
    given: {
      readonly token: string;
      readonly done: readonly string[];
      readonly now: string;
      readonly happened: (entry: NewEntry, unread: number) => Happened;
    },
  ): Promise<number>;
  /** Marks what was read, and cancels what waits to be sent of it. `happened` is made for those of whom something changed. */
  read(marks: readonly ReadMark[], now: string, happened: (mark: ReadMark, unread: number) => Happened): Promise<void>;
  /** The same by what a person chose in the centre; `upToId` null with no ids and no conversation: all. Answers how many are unread then. */
  readChosen(
    userId: string,
    chosen: { readonly ids: readonly string[] | null; readonly conversationId: string | null; readonly upToId: string | null },
    now: string,
    happened: (unread: number) => Happened,
  ): Promise<number>;
  /** Newest first, below `before`. */
  list(
    userId: string,
    page: { readonly before: string | null; readonly limit: number; readonly only: 'all' | 'unread' | 'mentions' },
  ): Promise<readonly Notification[]>;
  /** Of each of these people; counted to 1,000. */
  unread(userIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** How far each of these people has read what notified them lately: a seq by conversation, of at most 19, up to which none of it is unread. */
  readUpTo(userIds: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, number>>>>;
  /** The text of an event’s entries becomes another; empty: it was deleted, and what waits to be sent is cancelled. */
  rewrite(eventId: string, text: string, now: string): Promise<void>;
  /** Somebody cannot read a conversation any more, or with `userId` null nobody can; with `conversationId` null an account was closed. */
  withdraw(of: { readonly userId: string | null; readonly conversationId: string | null }, reason: string, now: string): Promise<void>;
  /** Removes entries from before one time, and traces from before another. Answers how many rows. */
  removeBefore(times: { readonly entries: string; readonly traces: string }): Promise<number>;
}

/** A delivery that is due, with what a device shows of it. */
export interface DueDelivery {
  readonly eventId: string;
  readonly deviceId: string;
  readonly channel: Channel;
  readonly userId: string;
  readonly attempts: number;
  readonly expiresAt: string;
  readonly entry: (Notification & { readonly kind: Occurrence['kind'] }) | null;
  /** Null: it is gone. */
  readonly subscription: { readonly sessionId: string; readonly language: Language | null; readonly target: PushTarget } | null;
}

/** What became of a delivery that was leased. */
export type Settled = Pick<DueDelivery, 'eventId' | 'deviceId'> & {
  readonly step: Step;
  readonly state: 'waiting' | 'accepted' | 'cancelled' | 'refused' | 'gone' | 'dead';
  /** Of one that waits again. */
  readonly dueAt?: string;
};

export interface Deliveries {
  lease(channel: Exclude<Channel, 'mail'>, limit: number, lease: Lease): Promise<readonly DueDelivery[]>;
  /**
   * People with a mail about messages that is due and none since `notSince`; takes all their mails about messages that wait. Besides, and whenever the last mail
   * was, notices that are due: those without a conversation.
   */
  leaseMails(limit: number, lease: Lease & { readonly notSince: string }): Promise<readonly DueDelivery[]>;
  /** What is left of a lease of this channel stays taken until then. */
  renew(channel: Channel, lease: Pick<Lease, 'token' | 'until'>): Promise<void>;
  /** Stores answers, of this lease alone. `mailedTo`: who got a mail. */
  settle(
    settled: readonly Settled[],
    lease: { readonly token: string; readonly now: string; readonly mailedTo?: readonly string[] },
  ): Promise<void>;
  /** A device showed it. False where there is no such delivery. */
  shown(eventId: string, deviceId: string, at: string): Promise<boolean>;
  /** When the next one is due; null where none waits. */
  nextDue(): Promise<string | null>;
}

export interface StoredSubscription {
  readonly id: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly kind: PushKind;
  readonly target: PushTarget;
  readonly device: string;
  readonly language: Language | null;
  readonly createdAt: string;
  readonly confirmedAt: string;
  readonly lastAcceptedAt: string | null;
  readonly lastShownAt: string | null;
  readonly lastError: string | null;
}

export interface Subscriptions {
  /** Adds it or confirms the one with its address, which is this person’s and this session’s from then on. Of more than `atMost` those that were confirmed longest ago go. */
  put(
    subscription: Pick<StoredSubscription, 'id' | 'userId' | 'sessionId' | 'target' | 'device' | 'language'>,
    given: { readonly now: string; readonly atMost: number },
  ): Promise<StoredSubscription>;
  /** Of these people, in the order in which they were made. */
  of(userIds: readonly string[]): Promise<readonly StoredSubscription[]>;
  /** False where the person has no such one. */
  remove(userId: string, by: { readonly id: string } | { readonly address: string }): Promise<boolean>;
  /** Of these sessions; null: of every session of the person. */
  removeOfSessions(userId: string, sessionIds: readonly string[] | null): Promise<void>;
  /** Some that were confirmed before that time, of which `markStale` was not called since. */
  stale(before: string, limit: number): Promise<readonly StoredSubscription[]>;
  markStale(ids: readonly string[], now: string): Promise<void>;
  /** What its service said, by id; those that are gone are removed. */
  answered(answers: readonly { readonly id: string; readonly answer: Answer }[], at: string): Promise<void>;
}

/** What is kept of one event for one person. */
export interface StoredTrace {
  /** Null: not decided, or too long ago. */
  readonly event: {
    readonly kind: Occurrence['kind'];
    readonly conversationId: string | null;
    readonly actorId: string | null;
    readonly reasons: readonly string[];
    readonly decidedAt: string;
  } | null;
  readonly entry: Pick<Notification, 'cause' | 'readAt'> | null;
  readonly deliveries: readonly StoredDelivery[];
}

export interface StoredDelivery extends Pick<NewDelivery, 'channel' | 'device' | 'dueAt' | 'steps'> {
  readonly eventId: string;
  readonly deviceId: string;
  readonly userId: string;
  readonly state: Settled['state'] | 'shown';
  readonly detail: string | null;
  readonly changedAt: string;
}

/** What became of one event for one person, without where it went. */
export interface TraceRow {
  readonly eventId: string;
  readonly kind: Occurrence['kind'];
  readonly conversationId: string | null;
  readonly createdAt: string;
  readonly decidedAt: string;
  readonly reasons: readonly string[];
  /** Null: the centre has no entry. */
  readonly cause: Notification['cause'] | null;
  readonly readAt: string | null;
}

/** What became of notifications; no texts. */
export interface Traces {
  of(eventId: string, userId: string): Promise<StoredTrace>;
  /**
   * Of one person, in the order of event ids from `before` down to `from`, the latest first. At most `looksAt` events are looked at: `lookedTo` is the last of
   * them where there may be others, else null. `outcome`: `held`, or the state of a delivery.
   */
  list(
    userId: string,
    of: { readonly channel: Channel | null; readonly outcome: 'held' | StoredDelivery['state'] | null },
    page: { readonly before: string; readonly from: string; readonly limit: number; readonly looksAt: number },
  ): Promise<{ readonly rows: readonly TraceRow[]; readonly deliveries: readonly StoredDelivery[]; readonly lookedTo: string | null }>;
}

/** Where the pipeline keeps what it knows. */
export interface Stores {
  readonly rules: RuleStore;
  readonly inbox: Inbox;
  readonly entries: Entries;
  readonly deliveries: Deliveries;
  readonly subscriptions: Subscriptions;
  readonly traces: Traces;
  readonly failures: Failures;
  readonly figures: Figures;
}
