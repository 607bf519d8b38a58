import { newId } from '../../kernel/ids.ts';
import type { DomainEvent } from '../../kernel/bus/bus.ts';
import type { DeadLetter, Delivery, DeliveryStore } from '../../kernel/bus/delivery-store.ts';

interface Kept {
  id: string;
  event: DomainEvent;
  subscriber: string;
  attempts: number;
  error: string;
  dueAt: number | null;
  firstFailedAt: string;
  lastFailedAt: string;
}

/** Deliveries of a process that keeps nothing: for tests and tools. */
export class MemoryDeliveries implements DeliveryStore {
  readonly #kept = new Map<string, Kept>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  keep(event: DomainEvent, subscriber: string, attempts: number, error: string, retryInMs: number | null): Promise<void> {
    const key = keyOf(event, subscriber);
    const at = new Date(this.#now()).toISOString();
    const before = this.#kept.get(key);
    this.#kept.set(key, {
      id: before?.id ?? newId(),
      event: structuredClone(event),
      subscriber,
      attempts,
      error,
      dueAt: retryInMs === null ? null : this.#now() + retryInMs,
      firstFailedAt: before?.firstFailedAt ?? at,
      lastFailedAt: at,
    });
    return Promise.resolve();
  }

  claimDue(limit: number, leaseMs: number): Promise<readonly Delivery[]> {
    const due = [...this.#kept.values()]
      .filter(({ dueAt }) => dueAt !== null && dueAt <= this.#now())
      .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
      .slice(0, limit);
    for (const kept of due) kept.dueAt = this.#now() + leaseMs;
    return Promise.resolve(due.map(({ id, event, subscriber, attempts }) => ({ id, event: structuredClone(event), subscriber, attempts })));
  }

  done({ event, subscriber, attempts }: Delivery): Promise<void> {
    const key = keyOf(event, subscriber);
    if (this.#kept.get(key)?.attempts === attempts) this.#kept.delete(key);
    return Promise.resolve();
  }

  listDead(limit: number, before: string | null): Promise<readonly DeadLetter[]> {
    const dead = this.#dead().filter(({ id }) => before === null || id < before);
    return Promise.resolve(
      dead
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, limit)
        .map(({ id, event, subscriber, attempts, error, firstFailedAt, lastFailedAt }) => ({
          id,
          event: event.event,
          subscriber,
          payload: event.payload,
          attempts,
          error,
          firstFailedAt,
          lastFailedAt,
        })),
    );
  }

  countDead(): Promise<number> {
    return Promise.resolve(this.#dead().length);
  }

  revive(id: string): Promise<boolean> {
    const letter = this.#dead().find((kept) => kept.id === id);
    if (letter) Object.assign(letter, { dueAt: this.#now(), attempts: 0 });
    return Promise.resolve(letter !== undefined);
  }

  drop(id: string): Promise<boolean> {
    const letter = this.#dead().find((kept) => kept.id === id);
    if (letter) this.#kept.delete(keyOf(letter.event, letter.subscriber));
    return Promise.resolve(letter !== undefined);
  }

  #dead(): Kept[] {
    return [...this.#kept.values()].filter(({ dueAt }) => dueAt === null);
  }
}

const keyOf = (event: DomainEvent, subscriber: string): string => `${event.id} ${subscriber}`;
