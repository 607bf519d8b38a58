import type { EventDeclaration, Input, Operation, Output, Payload, RawInput } from '../../contracts/define.ts';
import type { Context } from '../context.ts';
import type { NodeInfo } from './cluster-transport.ts';

/** An event on its way: stored in an outbox by the transaction that made it true. */
export interface DomainEvent<E extends EventDeclaration = EventDeclaration> {
  /** UUIDv7; the same at every delivery. Consumers whose effect is not idempotent dedupe by it. */
  readonly id: string;
  /** The event's name. */
  readonly event: string;
  readonly payload: Payload<E>;
}

export type Handler<O extends Operation> = (input: Input<O>, context: Context) => Promise<Output<O>> | Output<O>;

export interface Implementation {
  readonly operation: Operation;
  readonly handle: Handler<Operation>;
}

/** Binds a handler to its declaration; a module lists these in its module.ts. */
export const implement = <O extends Operation>(operation: O, handle: Handler<O>): Implementation => ({
  operation,
  handle: handle as Handler<Operation>,
});

/** The same for a handler that takes the parts of its module first: a line of the module's `handlers.ts`. */
export const handles =
  <P, O extends Operation>(operation: O, handle: (parts: P, input: Input<O>, context: Context) => Promise<Output<O>> | Output<O>) =>
  (parts: P): Implementation =>
    implement(operation, (input, context) => handle(parts, input, context));

/** The area of an operation by its name: what one module serves. */
export const areaOf = (operation: string): string => operation.split('.')[0] ?? operation;

export interface Subscription {
  readonly event: EventDeclaration;
  /** Unique per event; names the queue and stands in dead letters: `chat.on-user-disabled`. */
  readonly subscriber: string;
  /**
   * `durable`: retried with back-off, then a dead letter. `live`: called once while the process lives, in order,
   * synchronously; what it missed it can read later.
   */
  readonly mode: 'durable' | 'live';
  readonly handle: (event: DomainEvent) => Promise<void> | void;
}

/** A durable subscription. Its handler may run twice for one event: make its effect idempotent. */
export const onEvent = <E extends EventDeclaration>(
  event: E,
  subscriber: string,
  receive: (event: DomainEvent<E>) => Promise<void> | void,
): Subscription => ({
  event,
  subscriber,
  mode: 'durable',
  handle: receive as (event: DomainEvent) => Promise<void> | void,
});

/** A live subscription to a signal or an event. */
export const onLive = <E extends EventDeclaration>(
  event: E,
  subscriber: string,
  receive: (event: DomainEvent<E>) => void,
): Subscription => ({
  event,
  subscriber,
  mode: 'live',
  handle: receive as (event: DomainEvent) => void,
});

/** What a module sees of the bus. */
export interface BusCaller {
  /**
   * Asks and waits. Input is validated against the declaration, the answer comes before `context.deadline` or
   * `deadline_exceeded`; nothing is retried. Throws `AppError`.
   */
  call<O extends Operation>(operation: O, input: RawInput<O>, context: Context): Promise<Output<O>>;
  /** Reaches those who are subscribed right now; may be lost. */
  signal<E extends EventDeclaration>(event: E, payload: Payload<E>): void;
}

/** What the host and the outbox relay see of it. */
export interface Bus extends BusCaller {
  serve(implementation: Implementation): void;
  subscribe(subscription: Subscription): void;
  /** Whether an operation has a handler somewhere. */
  serves(operation: Operation): boolean;
  /** What the processes of the team run that were seen lately, this one among them; empty where there is one alone. */
  nodes(): readonly NodeInfo[];
  /**
   * Delivers stored events. Live subscribers have been called when this returns its promise; the promise settles when
   * each durable subscriber has taken each event or the event is stored for a retry or as a dead letter.
   */
  deliver(events: readonly DomainEvent[]): Promise<void>;
  start(): Promise<void>;
  /** Settles when no call and no delivery is under way, or after `withinMs`. */
  idle(withinMs: number): Promise<void>;
  /** Takes no more from other processes; settles when what they asked is answered. What is here goes on. */
  stopReceiving(): Promise<void>;
  /** Stops taking calls, waits for those under way. */
  stop(): Promise<void>;
}
