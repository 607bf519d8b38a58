import { z } from 'zod';
import { eventually } from '../../../../test/harness/eventually.ts';
import { event } from '../../../contracts/define.ts';
import type { DeadLetter } from '../delivery-store.ts';
import { newId } from '../../ids.ts';
import { type DomainEvent, onLive, onEvent } from '../bus.ts';
import { type BusPromises, eachTest, gateOf, type OpenBus } from './each-bus.suite.ts';

const served = event({
  name: 'suite.served',
  summary: 'A dish was served.',
  delivery: 'event',
  payload: z.strictObject({ dish: z.string(), guests: z.array(z.string()).optional() }),
});

const eventOf = (dish: string, guests?: string[]): DomainEvent<typeof served> => ({
  id: newId(),
  event: served.name,
  payload: guests ? { dish, guests } : { dish },
});

/** Delivery of events: at least once to each durable subscriber, in order to live ones. */
export function eventSuite(open: () => Promise<OpenBus>, { isolates }: BusPromises): void {
  const opened = eachTest(open);
  const dead = async (): Promise<readonly DeadLetter[]> => opened().deliveries.listDead(10, null);
  /** Retries come until `done`. */
  const keepTrying = async (done: () => boolean | Promise<boolean>): Promise<void> => {
    for (let round = 0; round < 100; round++) {
      if (await done()) return;
      await opened().nextTry();
    }
    throw new Error('a hundred rounds of retries did not do it');
  };

  test('reaches each durable subscriber whole', async () => {
    const { bus } = opened();
    const taken: Record<string, DomainEvent[]> = { waiter: [], cashier: [] };
    bus.subscribe(onEvent(served, 'waiter', (received) => void taken['waiter']?.push(received)));
    bus.subscribe(onEvent(served, 'cashier', (received) => void taken['cashier']?.push(received)));
    await bus.start();
    const events = [eventOf('soup', ['ana']), eventOf('roast')];
    await bus.deliver(events);
    await eventually(() => {
      expect(taken).toEqual({ waiter: events, cashier: events });
    });
  });

  test('without a subscriber is dropped', async () => {
    const { bus } = opened();
    await bus.start();
    await bus.deliver([eventOf('soup')]);
    expect(await dead()).toEqual([]);
  });

  test('is delivered again to the subscriber that failed, and to no other', async () => {
    const { bus } = opened();
    const taken: string[] = [];
    let failures = 3;
    bus.subscribe(
      onEvent(served, 'waiter', ({ payload }) => {
        if (failures-- > 0) throw new Error('dropped it');
        taken.push(`waiter ${payload.dish}`);
      }),
    );
    bus.subscribe(onEvent(served, 'cashier', ({ payload }) => void taken.push(`cashier ${payload.dish}`)));
    await bus.start();
    await bus.deliver([eventOf('soup')]);
    await keepTrying(() => taken.includes('waiter soup'));
    expect(taken).toEqual(['cashier soup', 'waiter soup']);
    await opened().nextTry();
    expect(taken).toHaveLength(2);
    expect(await dead()).toEqual([]);
  });

  test('becomes a dead letter after the last try, and is let be', async () => {
    const { bus, deliveries } = opened();
    let tries = 0;
    bus.subscribe(
      onEvent(served, 'waiter', () => {
        tries++;
        return Promise.reject(new Error('the tray is broken'));
      }),
    );
    await bus.start();
    await bus.deliver([eventOf('soup')]);
    await keepTrying(async () => (await deliveries.countDead()) === 1);
    const [letter] = await dead();
    expect(letter).toMatchObject({ event: 'suite.served', subscriber: 'waiter', payload: { dish: 'soup' }, attempts: tries });
    expect(letter?.error).toContain('the tray is broken');
    expect(tries).toBeGreaterThan(3);
    await opened().nextTry();
    expect(await deliveries.countDead()).toBe(1);
    expect(letter?.attempts).toBe(tries);
  });

  test('that is a dead letter is delivered again when an admin revives it', async () => {
    const { bus, deliveries } = opened();
    const taken: string[] = [];
    let isBroken = true;
    bus.subscribe(
      onEvent(served, 'waiter', ({ payload }) => {
        if (isBroken) throw new Error('the tray is broken');
        taken.push(payload.dish);
      }),
    );
    await bus.start();
    await bus.deliver([eventOf('soup')]);
    await keepTrying(async () => (await deliveries.countDead()) === 1);
    isBroken = false;
    expect(await deliveries.revive((await dead())[0]?.id ?? '')).toBe(true);
    await keepTrying(() => taken.length > 0);
    expect(taken).toEqual(['soup']);
    expect(await dead()).toEqual([]);
  });

  test('that is poison, or hangs, holds up no other', async () => {
    const { bus } = opened();
    const gate = gateOf();
    const taken: string[] = [];
    bus.subscribe(
      onEvent(served, 'waiter', async ({ payload }) => {
        if (payload.dish === 'poison') throw new Error('never');
        if (payload.dish === 'endless') await gate.opened;
        taken.push(payload.dish);
      }),
    );
    await bus.start();
    const delivered = bus.deliver([eventOf('poison'), eventOf('endless'), eventOf('soup')]);
    const later = bus.deliver([eventOf('roast')]);
    await eventually(() => {
      expect(taken.toSorted()).toEqual(['roast', 'soup']);
    });
    gate.open();
    await Promise.all([delivered, later]);
    await eventually(() => {
      expect(taken).toContain('endless');
    });
  });

  test('reaches live subscribers in the order of publishing', async () => {
    const { bus } = opened();
    const received: Record<string, string[]> = { a: [], b: [] };
    bus.subscribe(onLive(served, 'a', ({ payload }) => void received['a']?.push(payload.dish)));
    bus.subscribe(onLive(served, 'b', ({ payload }) => void received['b']?.push(payload.dish)));
    await bus.start();
    const dishes = Array.from({ length: 200 }, (_, number) => `dish ${String(number)}`);
    const events = dishes.map((dish) => eventOf(dish));
    for (let at = 0; at < events.length; at += 7) await bus.deliver(events.slice(at, at + 7));
    await eventually(() => {
      expect(received).toEqual({ a: dishes, b: dishes });
    });
  });

  test('reaches other subscribers when a live one fails', async () => {
    const { bus } = opened();
    const received: string[] = [];
    bus.subscribe(
      onLive(served, 'broken', () => {
        throw new Error('deaf');
      }),
    );
    bus.subscribe(onLive(served, 'broken-later', (() => Promise.reject(new Error('deaf later'))) as () => void));
    bus.subscribe(onLive(served, 'well', ({ payload }) => void received.push(`live ${payload.dish}`)));
    bus.subscribe(onEvent(served, 'waiter', ({ payload }) => void received.push(`durable ${payload.dish}`)));
    await bus.start();
    await bus.deliver([eventOf('soup'), eventOf('roast')]);
    await eventually(() => {
      expect(received.toSorted()).toEqual(['durable roast', 'durable soup', 'live roast', 'live soup']);
    });
    expect(await dead()).toEqual([]);
  });

  test('takes each name of a subscriber once', () => {
    const { bus } = opened();
    bus.subscribe(onEvent(served, 'waiter', () => undefined));
    expect(() => {
      bus.subscribe(onEvent(served, 'waiter', () => undefined));
    }).toThrow('waiter');
  });

  if (!isolates) return;

  test('that breaks its declaration is a dead letter at once and stops no other', async () => {
    const { bus } = opened();
    const received: string[] = [];
    bus.subscribe(onLive(served, 'screen', ({ payload }) => void received.push(`live ${payload.dish}`)));
    bus.subscribe(onEvent(served, 'waiter', ({ payload }) => void received.push(`durable ${payload.dish}`)));
    await bus.start();
    const broken: DomainEvent = { ...eventOf('x'), payload: { dish: 7 } };
    await bus.deliver([eventOf('soup'), broken, eventOf('roast')]);
    await eventually(async () => {
      expect(received.toSorted()).toEqual(['durable roast', 'durable soup', 'live roast', 'live soup']);
      expect(await dead()).toMatchObject([{ event: 'suite.served', subscriber: 'waiter', payload: { dish: 7 } }]);
    });
  });

  test('is each subscriber’s own: none sees what another made of it', async () => {
    const { bus } = opened();
    const seen: (readonly string[] | undefined)[] = [];
    const spoil = ({ payload }: DomainEvent<typeof served>): void => {
      seen.push([...(payload.guests ?? [])]);
      payload.guests?.push('a stranger');
    };
    bus.subscribe(onLive(served, 'a', spoil));
    bus.subscribe(onLive(served, 'b', spoil));
    bus.subscribe(onEvent(served, 'c', spoil));
    bus.subscribe(onEvent(served, 'd', spoil));
    await bus.start();
    const soup = eventOf('soup', ['ana']);
    await bus.deliver([soup]);
    await eventually(() => {
      expect(seen).toEqual([['ana'], ['ana'], ['ana'], ['ana']]);
    });
    expect(soup.payload.guests).toEqual(['ana']);
  });
}
