import { newId } from '../../../../kernel/ids.ts';
import type { DueDelivery, Settled, Stores } from '../../store-ports.ts';
import { after, aMail, anEntry, aPush, decides, leaseAt, noon } from '../../stores.fixture.ts';

const settled = ({ eventId, deviceId }: DueDelivery, state: Settled['state'], dueAt?: string): Settled => ({
  eventId,
  deviceId,
  state,
  step: { at: noon, step: state === 'waiting' ? 'retried' : state, detail: '201' },
  ...(dueAt === undefined ? {} : { dueAt }),
});

/** What every queue of deliveries must do. `create` opens empty stores. */
export function deliveriesSuite(create: () => Promise<Stores>): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await create();
  });
  const take = (now = noon) => stores.deliveries.lease('push', 100, leaseAt(now));
  const takeMails = (now: string, notSince = after(-3_600)) => stores.deliveries.leaseMails(10, { ...leaseAt(now), notSince });

  test('what is due is taken once, with what a device shows of it; what is due later is not', async () => {
    const [now, soon] = [
      anEntry({ userId: newId(), deliveries: [aPush()] }),
      anEntry({ userId: newId(), deliveries: [aPush(newId(), after(15))] }),
    ];
    for (const entry of [now, soon]) await decides(stores, [entry]);
    const [one, ...more] = await take();
    expect(one).toMatchObject({
      eventId: now.eventId,
      userId: now.userId,
      attempts: 0,
      entry: { title: 'Lunch', text: 'Soup today', readAt: null },
    });
    expect([more, await take()]).toEqual([[], []]);
    expect(await stores.deliveries.lease('fcm', 100, leaseAt(noon))).toEqual([]);
  });

  test('a lease that is renewed holds, one that ended does not, and its late answer is not stored', async () => {
    const entry = anEntry({ userId: newId(), deliveries: [aPush()] });
    await decides(stores, [entry]);
    const first = leaseAt(noon);
    const [taken] = await stores.deliveries.lease('push', 1, first);
    await stores.deliveries.renew('push', { token: first.token, until: after(20) });
    expect(await take(after(15))).toEqual([]);
    const second = leaseAt(after(20));
    expect(await stores.deliveries.lease('push', 1, second)).toMatchObject([{ attempts: 1 }]);
    await stores.deliveries.settle([settled(taken!, 'accepted')], { token: first.token, now: after(21) });
    expect((await stores.traces.of(entry.eventId, entry.userId)).deliveries).toMatchObject([{ state: 'waiting' }]);
    await stores.deliveries.settle([settled(taken!, 'accepted')], { token: second.token, now: after(21) });
    expect((await stores.traces.of(entry.eventId, entry.userId)).deliveries).toMatchObject([{ state: 'accepted', detail: '201' }]);
    expect(await stores.deliveries.nextDue()).toBeNull();
  });

  test('what is to be tried again comes when it is due', async () => {
    await decides(stores, [anEntry({ userId: newId(), deliveries: [aPush()] })]);
    const lease = leaseAt(noon);
    const [taken] = await stores.deliveries.lease('push', 1, lease);
    await stores.deliveries.settle([settled(taken!, 'waiting', after(60))], { token: lease.token, now: noon });
    expect(await stores.deliveries.nextDue()).toBe(after(60));
    expect([await take(after(59)), (await take(after(60))).length]).toEqual([[], 1]);
  });

  test('two at once take nothing twice', async () => {
    for (let count = 0; count < 20; count++) await decides(stores, [anEntry({ userId: newId(), deliveries: [aPush()] })]);
    const taken = (await Promise.all([take(), take(), take()])).flat();
    expect([taken.length, new Set(taken.map(({ eventId }) => eventId)).size]).toEqual([20, 20]);
  });

  test('mails about messages come together once one is due, and not soon after another; a notice comes alone and at once', async () => {
    const userId = newId();
    const [first, second] = [0, 600].map((due) => anEntry({ userId, deliveries: [aMail(userId, after(due))] }));
    for (const entry of [first!, second!]) await decides(stores, [entry]);
    const lease = leaseAt(noon);
    const together = await stores.deliveries.leaseMails(10, { ...lease, notSince: after(-3_600) });
    expect(together.map(({ eventId }) => eventId).sort()).toEqual([first!.eventId, second!.eventId].sort());
    const all = together.map((one) => settled(one, 'accepted'));
    await stores.deliveries.settle(all, { token: lease.token, now: noon, mailedTo: [userId] });
    const third = anEntry({ userId, deliveries: [aMail(userId)] });
    await decides(stores, [third]);
    expect(await takeMails(after(60), after(60 - 3_600))).toEqual([]);
    const notice = anEntry({ userId, conversationId: null, cause: 'security', deliveries: [aMail(userId)] });
    await decides(stores, [notice]);
    expect((await takeMails(after(60), after(60 - 3_600))).map(({ eventId }) => eventId)).toEqual([notice.eventId]);
    // Nobody answered for the notice: it is taken once more.
    const hourLater = (await takeMails(after(3_601), after(1))).map(({ eventId }) => eventId);
    expect(hourLater.sort()).toEqual([notice.eventId, third.eventId].sort());
  });

  test('what a device showed is marked once; of what was never sent there is nothing to mark', async () => {
    const entry = anEntry({ userId: newId(), deliveries: [aPush()] });
    await decides(stores, [entry]);
    const deviceId = entry.deliveries[0]?.deviceId ?? '';
    for (const at of [after(1), after(2)]) expect(await stores.deliveries.shown(entry.eventId, deviceId, at)).toBe(true);
    const [shown] = (await stores.traces.of(entry.eventId, entry.userId)).deliveries;
    expect([shown?.state, shown?.steps.filter(({ step }) => step === 'shown')]).toEqual([
      'shown',
      [{ at: after(1), step: 'shown', detail: null }],
    ]);
    expect(await stores.deliveries.shown(newId(), deviceId, noon)).toBe(false);
  });
}
