import type { DomainEvent } from './bus/bus.ts';

/** Events of one transaction, with the statement that stores them in it. */
export interface StagedEvents {
  readonly id: string;
  readonly events: readonly DomainEvent[];
  /** `INSERT INTO kernel.outbox …`; run it inside the transaction that makes the events true. */
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Makes events again from what a row refers to, for a relay that did not see the transaction. */
export type Expander = (body: unknown) => Promise<readonly DomainEvent[]>;

/** Hands events to the bus, for stores that keep their events themselves until these are delivered. */
export interface EventDelivery {
  /** False in a process that only writes (a command line): it leaves what it keeps to a server. */
  readonly relays: boolean;
  /** Live subscribers have been called when this returns. Resolves when every subscriber took the events or keeps them for a retry. */
  deliver(events: readonly DomainEvent[]): Promise<void>;
}

/**
 * The outbox: events stored by the transaction that makes them true, and the relay that hands them to the bus.
 * At least once: a row goes only after every subscriber took its events or keeps them for a retry.
 */
export interface Outbox extends EventDelivery {
  stage(events: readonly DomainEvent[]): StagedEvents;
  /**
   * Stores a reference in place of the events, for writes too many to store twice. `source` names the expander that
   * makes the events again after a crash.
   */
  stageReference(source: string, body: unknown, events: readonly DomainEvent[]): StagedEvents;
  expand(source: string, expander: Expander): void;
  /** Notes that a staged row is committed. Live subscribers have been called when this returns. Never throws. */
  committed(staged: StagedEvents): void;
  /** Settles when everything handed over so far is delivered or kept; for tests and for an orderly stop. */
  drained(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
