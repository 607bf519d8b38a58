import type { NotificationAlarm } from '../../contracts/notifications/channels.ts';
import type { NotificationFailure } from '../../contracts/notifications/failures.ts';
import type { Channel } from './store-ports.ts';

/** Null: any. */
export interface FailureFilter {
  readonly channel: Channel | null;
  readonly outcome: NotificationFailure['outcome'] | null;
  readonly userId: string | null;
}

export type FailureRef = Pick<NotificationFailure, 'eventId' | 'deviceId'>;

/** Deliveries that were given up: refused, or put off until their life ended. */
export interface Failures {
  /** The latest first, below `before`. */
  list(
    filter: FailureFilter,
    page: { readonly before: (FailureRef & Pick<NotificationFailure, 'failedAt'>) | null; readonly limit: number },
  ): Promise<readonly NotificationFailure[]>;
  /**
   * It waits to be sent, at once, where its channel is `on`. `expired`: its life has ended, `off`: its channel is not on; it stays as it is. `none`: there is no
   * such failure, or no longer.
   */
  retry(
    failure: FailureRef,
    given: { readonly now: string; readonly on: ReadonlySet<Channel> },
  ): Promise<'retried' | 'expired' | 'off' | 'none'>;
  /** False where there is no such failure, or no longer. */
  drop(failure: FailureRef, now: string): Promise<boolean>;
  /** Those that failed until `until`, the latest first, at most `limit`. `expired` and `off`: those that stay, counted to `limit`. */
  retryAll(
    filter: FailureFilter,
    given: Portion & { readonly on: ReadonlySet<Channel> },
  ): Promise<{ readonly retried: number; readonly expired: number; readonly off: number; readonly more: boolean }>;
  dropAll(filter: FailureFilter, given: Portion): Promise<{ readonly dropped: number; readonly more: boolean }>;
}

interface Portion {
  readonly until: string;
  readonly now: string;
  readonly limit: number;
}

/** Deliveries of one channel that were decided in a time, by what became of them. */
export interface ChannelFigures {
  readonly channel: Channel;
  readonly state: string;
  /** Of what was cancelled the rule. */
  readonly reason: string | null;
  readonly count: number;
  /** Those of them that were put off at least once. */
  readonly retried: number;
}

/** Counts what became of notifications. No query reads more rows than it is allowed. */
export interface Figures {
  /** Of the latest `atMost` deliveries since a time. `since`: when the earliest of them was decided, where there were more. */
  ofDeliveries(
    since: string,
    atMost: number,
  ): Promise<{
    readonly counted: readonly ChannelFigures[];
    /** From the decision until the service had it, of those that nothing held, ms. */
    readonly medianMs: ReadonlyMap<Channel, number>;
    readonly since: string | null;
  }>;
  /** Of the latest `atMost` events since a time: reason → how many people were held back. */
  held(since: string, atMost: number): Promise<{ readonly byReason: Readonly<Record<string, number>>; readonly since: string | null }>;
  /** What waits now, by channel; counted to `atMost`. */
  waiting(atMost: number): Promise<ReadonlyMap<Channel, number>>;
  /** What services refused among the latest `atMost` failures since a time, by their words, the latest first. */
  refused(since: string, atMost: number): Promise<readonly NotificationAlarm[]>;
}
