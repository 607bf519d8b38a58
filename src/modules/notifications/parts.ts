import type { BusCaller } from '../../kernel/bus/bus.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Batched } from './batched.ts';
import type { Channels } from './channels.ts';
import type { Occurrence } from './domain/occurrence.ts';
import type { Lookups } from './lookups.ts';
import type { Measuring } from './measuring.ts';
import type { Receipts } from './receipts.ts';
import type { ReadMark, Stores } from './store-ports.ts';

/** What the operations and subscribers of this module work with. */
export interface NotificationsParts extends Stores {
  readonly bus: BusCaller;
  readonly clock: Clock;
  readonly lookups: Lookups;
  readonly receipts: Receipts;
  readonly channels: Channels;
  readonly measuring: Measuring;
  /** Push services in private networks, and without TLS, may be named. */
  readonly allowsPrivate: boolean;
  /** Into the inbox, those that come together as one statement; wakes the decider. */
  readonly arrivals: Pick<Batched<Occurrence>, 'add'>;
  /** Read marks that come together are one statement. */
  readonly reads: Pick<Batched<ReadMark>, 'add'>;
}
