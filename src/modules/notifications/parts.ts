import type { BusCaller } from '../../kernel/bus/bus.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Batched } from './batched.ts';
import type { Channels } from './channels.ts';
import type { Occurrence } from './domain/occurrence.ts';
import type { Facts } from './facts.ts';
import type { RuleStore } from './ports.ts';
import type { Receipts } from './receipts.ts';
import type { Deliveries, Entries, Inbox, ReadMark, Subscriptions, Traces } from './stores.ts';

/** What the operations and subscribers of this module work with. */
export interface NotificationsParts {
  readonly bus: BusCaller;
  readonly clock: Clock;
  readonly rules: RuleStore;
  readonly inbox: Inbox;
  readonly entries: Entries;
  readonly deliveries: Deliveries;
  readonly subscriptions: Subscriptions;
  readonly traces: Traces;
  readonly facts: Facts;
  readonly receipts: Receipts;
  readonly channels: Channels;
  /** Push services in private networks, and without TLS, may be named. */
  readonly allowsPrivate: boolean;
  /** Into the inbox, those that come together as one statement; wakes the decider. */
  readonly arrivals: Pick<Batched<{ readonly id: string; readonly occurrence: Occurrence }>, 'add'>;
  /** Read marks that come together are one statement. */
  readonly reads: Pick<Batched<ReadMark>, 'add'>;
}
