import type { DomainEvent } from './bus.ts';

/** What a bridge does with what comes over it. */
export interface ClusterListener {
  /** Facts and signals of other nodes, those of one node in the order it told them. */
  received(facts: readonly DomainEvent[]): void;
  /** Each second while something may have been missed, and once when that is `over`. */
  eventsMayBeLost(over: boolean): void;
}

/** What a node runs. */
export interface NodeInfo {
  readonly modules: readonly string[];
  readonly transports: readonly string[];
}

/**
 * Between nodes that run the same house on one database: carries facts and signals to the live listeners of the others.
 * Hints, no more: what is lost on the way is read from the database by whoever is told that it may be missing.
 */
export interface ClusterTransport {
  /** Never throws and keeps nothing: what cannot go now is lost, and the others are told that they may have missed it. */
  publish(facts: readonly DomainEvent[]): void;
  open(shore: ClusterListener): void;
  /** What the nodes run that were heard lately, this one among them. */
  nodes(): readonly NodeInfo[];
  close(): void;
}
