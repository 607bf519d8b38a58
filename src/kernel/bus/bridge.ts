import type { Fact } from './bus.ts';

/** What a bridge does with what comes over it. */
export interface Shore {
  /** Facts and signals of other nodes, those of one node in the order it told them. */
  hear(facts: readonly Fact[]): void;
  /** Each second while something may have been missed, and once when that is `over`. */
  missed(over: boolean): void;
}

/** What a node runs. */
export interface Offer {
  readonly modules: readonly string[];
  readonly doors: readonly string[];
}

/**
 * Between nodes that run the same house on one database: carries facts and signals to the live listeners of the others.
 * Hints, no more: what is lost on the way is read from the database by whoever is told that it may be missing.
 */
export interface Bridge {
  /** Never throws and keeps nothing: what cannot go now is lost, and the others are told that they may have missed it. */
  tell(facts: readonly Fact[]): void;
  open(shore: Shore): void;
  /** What the nodes run that were heard lately, this one among them. */
  offers(): readonly Offer[];
  close(): void;
}
