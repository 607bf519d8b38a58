import type { DomainEvent } from './bus.ts';

/** Receives what other nodes publish. */
export interface ClusterListener {
  /** Events and signals of other nodes, those of one node in the order of their publication. */
  received(events: readonly DomainEvent[]): void;
  /** Each second while events may have been lost, and once when that is `over`. */
  eventsMayBeLost(over: boolean): void;
}

/** What a node runs. */
export interface NodeInfo {
  readonly modules: readonly string[];
  readonly transports: readonly string[];
  /** Where its modules answer routes, as `http://10.0.0.7:41234`; absent where they have none. */
  readonly routesAt?: string | undefined;
}

/**
 * Between nodes that run the same app on one database: carries events and signals to the live subscribers of the others.
 * Hints, no more: a subscriber that learns that events may be lost reads the database.
 */
export interface ClusterTransport {
  /** Never throws and keeps nothing: what cannot go now is lost, and the others learn that they may have missed it. */
  publish(events: readonly DomainEvent[]): void;
  open(listener: ClusterListener): void;
  /** What the nodes run that were seen lately, this one among them. */
  nodes(): readonly NodeInfo[];
  close(): void;
}
