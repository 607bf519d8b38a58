import type { DomainEvent } from './bus.ts';

/** An event that a subscriber has still to take. */
export interface Delivery {
  readonly id: string;
  readonly event: DomainEvent;
  readonly subscriber: string;
  readonly attempts: number;
}

/** An event that a subscriber could not take after every retry. Times are ISO 8601 in UTC. */
export interface DeadLetter {
  readonly id: string;
  readonly event: string;
  readonly subscriber: string;
  readonly payload: unknown;
  readonly attempts: number;
  /** Of the last attempt. */
  readonly error: string;
  readonly firstFailedAt: string;
  readonly lastFailedAt: string;
}

/** Keeps the deliveries that wait for a retry, and the dead letters, so that a crash loses none. */
export interface DeliveryStore {
  /** Keeps a failed delivery; due again in so many milliseconds by the clock of the store, or dead for null. Idempotent on (event, subscriber). */
  keep(event: DomainEvent, subscriber: string, attempts: number, error: string, retryInMs: number | null): Promise<void>;
  /** Claims up to `limit` due deliveries for `leaseMs`. */
  claimDue(limit: number, leaseMs: number): Promise<readonly Delivery[]>;
  /** Forgets what was claimed, unless it has failed once more since. */
  done(delivery: Delivery): Promise<void>;
  listDead(limit: number, before: string | null): Promise<readonly DeadLetter[]>;
  countDead(): Promise<number>;
  /** Makes a dead letter due at once; false when there is none. */
  revive(id: string): Promise<boolean>;
  drop(id: string): Promise<boolean>;
}
