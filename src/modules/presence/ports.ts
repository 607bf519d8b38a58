import type { Connection } from '../../contracts/connections/connections.ts';
import type { ChosenStatus } from '../../contracts/presence/statuses.ts';

/**
 * Who is connected, by a lease per connection: a node that dies renews none, and no count can drift. Times are Unix
 * milliseconds. A person is online while any lease of theirs holds.
 */
export interface LeaseStore {
  /** Makes or renews leases until `until`; answers those who were not online before. */
  hold(connections: readonly Connection[], until: number): Promise<readonly string[]>;
  /** Shortens leases of closed connections to `until`; one that ends earlier stays as it is. */
  release(connections: readonly Connection[], until: number): Promise<void>;
  /** Drops leases that ended by `now`; answers those who have none left. */
  expire(now: number): Promise<readonly string[]>;
  /** Those of `userIds` who are online. */
  online(userIds: readonly string[]): Promise<ReadonlySet<string>>;
  count(): Promise<number>;
}

/** What a person chose to show, and when they were last seen. */
export interface StatusRecord {
  readonly userId: string;
  readonly chosen: ChosenStatus;
  readonly text: string | null;
  /** ISO 8601; when it passes the choice falls back to `online` without a text. */
  readonly until: string | null;
  readonly lastSeenAt: string | null;
}

export interface StatusStore {
  /** Records of those who have one. */
  read(userIds: readonly string[]): Promise<readonly StatusRecord[]>;
  /** `invisible` keeps the text that is shown: another one would show that somebody is there. */
  choose(choice: Omit<StatusRecord, 'lastSeenAt'>): Promise<StatusRecord>;
  /** Moves the last sighting on, never back, and not of those who are invisible now. */
  seen(userIds: readonly string[], at: string): Promise<void>;
  /** Forgets choices whose `until` has passed; answers them as they were. */
  endDue(now: string): Promise<readonly StatusRecord[]>;
}
