import { newId } from '../ids.ts';
import type { DomainEvent } from './bus.ts';
import type { Delivery, DeliveryStore } from './delivery-store.ts';

const eventOf = (payload: object = { n: 1 }): DomainEvent => ({ id: newId(), event: 'suite.happened', payload });
/** Due before now, by the clock of the store. */
const agoMs = (ms: number): number => -ms;
const leaseMs = 60_000;

/** What every `DeliveryStore` does; `open` gives an empty one. */
export function deliveryStoreSuite(open: () => Promise<DeliveryStore> | DeliveryStore): void {
  let store: DeliveryStore;
  beforeEach(async () => {
    store = await open();
  });

  describe('what waits', () => {
    waitingSuite(() => store);
  });
  describe('what died', () => {
    deadSuite(() => store);
  });
}

function waitingSuite(store: () => DeliveryStore): void {
  test('is claimed when it is due, whole', async () => {
    const event = eventOf({ text: 'Привет 👋 "\\u0000"', deep: { list: [1, null, true] } });
    await store().keep(event, 'waiter', 3, 'failed', agoMs(1));
    expect(await store().claimDue(10, leaseMs)).toEqual([{ id: expect.any(String), event, subscriber: 'waiter', attempts: 3 }]);
  });

  test('is left alone before it is due', async () => {
    await store().keep(eventOf(), 'waiter', 1, 'failed', 3_600_000);
    expect(await store().claimDue(10, leaseMs)).toEqual([]);
  });

  test('is claimed again only when its lease has ended', async () => {
    await store().keep(eventOf(), 'waiter', 1, 'failed', agoMs(1));
    expect(await store().claimDue(10, 0)).toHaveLength(1);
    expect(await store().claimDue(10, leaseMs)).toHaveLength(1);
    expect(await store().claimDue(10, leaseMs)).toEqual([]);
  });

  test('the longest due is claimed first, and never more than asked', async () => {
    const events = Array.from({ length: 5 }, (_, n) => eventOf({ n }));
    for (const [n, event] of events.entries()) await store().keep(event, 'waiter', 1, 'failed', agoMs(1000 * ((n * 3) % 5) + 1000));
    const claimed = await store().claimDue(2, leaseMs);
    expect(claimed.map(({ event }) => (event.payload as { n: number }).n).toSorted()).toEqual([1, 3]);
    expect(await store().claimDue(10, leaseMs)).toHaveLength(3);
  });

  test('several who claim at once share nothing', async () => {
    const events = Array.from({ length: 20 }, () => eventOf());
    await Promise.all(events.map((event) => store().keep(event, 'waiter', 1, 'failed', agoMs(1))));
    const claims = await Promise.all(Array.from({ length: 5 }, () => store().claimDue(8, leaseMs)));
    const rest = await store().claimDue(20, leaseMs);
    const ids = [...claims.flat(), ...rest].map(({ event }) => event.id);
    expect(ids.toSorted()).toEqual(events.map(({ id }) => id).toSorted());
  });

  test('fails again under the same name: one delivery, with the newer attempt', async () => {
    const event = eventOf();
    await store().keep(event, 'waiter', 1, 'once', agoMs(2));
    const [first] = await store().claimDue(1, leaseMs);
    await store().keep(event, 'waiter', 2, 'twice', agoMs(1));
    expect(await store().claimDue(10, leaseMs)).toEqual([{ id: first?.id, event, subscriber: 'waiter', attempts: 2 }]);
  });

  test('each subscriber of an event waits by itself, and is done by itself', async () => {
    const event = eventOf();
    await store().keep(event, 'waiter', 1, 'failed', agoMs(1));
    await store().keep(event, 'cashier', 1, 'failed', agoMs(1));
    const claimed = await store().claimDue(10, 0);
    const waiters = claimed.find(({ subscriber }) => subscriber === 'waiter') as Delivery;
    await store().done(waiters);
    await store().done(waiters);
    expect(await store().claimDue(10, leaseMs)).toMatchObject([{ subscriber: 'cashier' }]);
  });

  test('that failed again since it was claimed is not done', async () => {
    const event = eventOf();
    await store().keep(event, 'waiter', 1, 'failed', agoMs(1));
    const [claimed] = await store().claimDue(1, leaseMs);
    await store().keep(event, 'waiter', 2, 'failed again', agoMs(1));
    await store().done(claimed as Delivery);
    expect(await store().claimDue(1, leaseMs)).toMatchObject([{ attempts: 2 }]);
  });

  test('is kept as it was, whatever becomes of the object', async () => {
    const guests = ['ana'];
    await store().keep(eventOf({ guests }), 'waiter', 1, 'failed', agoMs(1));
    guests.push('a stranger');
    const [claimed] = await store().claimDue(1, 0);
    expect(claimed?.event.payload).toEqual({ guests: ['ana'] });
  });
}

function deadSuite(store: () => DeliveryStore): void {
  const bury = async (count: number): Promise<void> => {
    for (let n = 1; n <= count; n++) await store().keep(eventOf({ n }), 'waiter', 8, `fault ${String(n)}`, null);
  };

  test('is listed with all an admin asks, and never claimed', async () => {
    const event = eventOf();
    await store().keep(event, 'waiter', 7, 'first', agoMs(1));
    await store().keep(event, 'waiter', 8, 'the tray is broken', null);
    const [letter, ...others] = await store().listDead(10, null);
    expect(letter).toEqual({
      id: expect.any(String),
      event: 'suite.happened',
      subscriber: 'waiter',
      payload: { n: 1 },
      attempts: 8,
      error: 'the tray is broken',
      firstFailedAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      lastFailedAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
    });
    expect(others).toEqual([]);
    expect((letter?.firstFailedAt ?? '') <= (letter?.lastFailedAt ?? '')).toBe(true);
    expect(await store().claimDue(10, leaseMs)).toEqual([]);
  });

  test('is paged, newest first', async () => {
    await bury(5);
    await store().keep(eventOf(), 'waiter', 1, 'alive', 1000);
    const first = await store().listDead(2, null);
    const second = await store().listDead(2, first.at(-1)?.id ?? null);
    const third = await store().listDead(2, second.at(-1)?.id ?? null);
    const texts = [first, second, third].map((page) => page.map(({ error }) => error));
    expect(texts).toEqual([['fault 5', 'fault 4'], ['fault 3', 'fault 2'], ['fault 1']]);
    expect(await store().countDead()).toBe(5);
  });

  test('is due at once when revived, with all its tries before it', async () => {
    await bury(1);
    const [letter] = await store().listDead(1, null);
    expect(await store().revive(letter?.id ?? '')).toBe(true);
    expect(await store().revive(letter?.id ?? '')).toBe(false);
    expect(await store().countDead()).toBe(0);
    expect(await store().claimDue(10, leaseMs)).toMatchObject([{ attempts: 0, subscriber: 'waiter', event: { payload: { n: 1 } } }]);
  });

  test('is gone when dropped', async () => {
    await bury(2);
    const [letter] = await store().listDead(1, null);
    expect(await store().drop(letter?.id ?? '')).toBe(true);
    expect(await store().drop(letter?.id ?? '')).toBe(false);
    expect((await store().listDead(10, null)).map(({ error }) => error)).toEqual(['fault 1']);
  });

  test('an id that is no dead letter is neither revived nor dropped', async () => {
    await store().keep(eventOf(), 'waiter', 1, 'alive', agoMs(1));
    const [alive] = await store().claimDue(1, 0);
    for (const id of [newId(), alive?.id ?? '']) {
      expect([await store().revive(id), await store().drop(id)]).toEqual([false, false]);
    }
    expect(await store().claimDue(1, 0)).toHaveLength(1);
  });

  test('an error of any text can be kept', async () => {
    await store().keep(eventOf(), 'waiter', 8, `NUL \u0000, half a pair \ud83d, ${'long '.repeat(1000)}`, null);
    const [letter] = await store().listDead(1, null);
    expect(letter?.error).toContain('half a pair');
  });
}
