import { newId } from '../../../../kernel/ids.ts';
import type { PushTarget } from '../../ports.ts';
import type { StoredSubscription, Subscriptions } from '../../store-ports.ts';

const [noon, later, muchLater] = ['2026-01-31T12:00:00.000Z', '2026-01-31T13:00:00.000Z', '2026-02-28T12:00:00.000Z'];
const browser = (): PushTarget => ({ kind: 'webpush', endpoint: `https://push.example.net/${newId()}`, p256dh: 'B', auth: 'a' });
const app = (): PushTarget => ({ kind: 'fcm', token: newId(), platform: 'ios' });
const addressOf = (target: PushTarget): string => (target.kind === 'fcm' ? target.token : target.endpoint);

/** What every store of subscriptions must do. Tests meet each other’s rows. */
export function subscriptionsSuite(create: () => Subscriptions): void {
  let store: Subscriptions;
  beforeEach(() => {
    store = create();
  });

  const put = (userId: string, target = browser(), { now = noon, atMost = 20, sessionId = newId() } = {}): Promise<StoredSubscription> =>
    store.put({ id: newId(), userId, sessionId, target, device: 'Phone', language: 'ru' }, { now, atMost });
  const idsOf = async (...userIds: string[]): Promise<string[]> => (await store.of(userIds)).map(({ id }) => id);

  test('keeps what a browser and an app are sent by, in the order in which they came', async () => {
    const userId = newId();
    const targets = [browser(), app()];
    for (const [index, target] of targets.entries()) await put(userId, target, { now: index === 0 ? noon : later });
    const found = await store.of([userId]);
    expect(found.map(({ target }) => target)).toEqual(targets);
    expect(found[0]).toMatchObject({ userId, device: 'Phone', language: 'ru', createdAt: noon, confirmedAt: noon, lastError: null });
    expect(await idsOf(newId())).toEqual([]);
  });

  test('confirms the same again, and an address that another person brings becomes theirs under another id', async () => {
    const [ana, boris, target] = [newId(), newId(), browser()];
    const first = await put(ana, target);
    expect(await put(ana, target, { now: later })).toMatchObject({ id: first.id, createdAt: noon, confirmedAt: later });
    const taken = await put(boris, target);
    expect(taken.id).not.toBe(first.id);
    expect([await idsOf(ana), await idsOf(boris)]).toEqual([[], [taken.id]]);
  });

  test('of too many those go that were confirmed longest ago', async () => {
    const userId = newId();
    const [oldest, kept] = [await put(userId), await put(userId, browser(), { now: later })];
    const newest = await put(userId, browser(), { now: muchLater, atMost: 2 });
    expect(await idsOf(userId)).toEqual([kept.id, newest.id]);
    expect(await idsOf(userId)).not.toContain(oldest.id);
  });

  test('removes by id, by address and by session, of their person alone', async () => {
    const [ana, boris] = [newId(), newId()];
    const [one, other, third] = [await put(ana), await put(ana, browser(), { now: later }), await put(ana, app(), { now: muchLater })];
    const foreign = await put(boris, browser(), { sessionId: third.sessionId });
    for (const by of [{ id: one.id }, { address: addressOf(one.target) }]) expect(await store.remove(boris, by)).toBe(false);
    expect(await store.remove(ana, { id: one.id })).toBe(true);
    expect(await store.remove(ana, { address: addressOf(other.target) })).toBe(true);
    await store.removeOfSessions(ana, [newId()]);
    expect(await idsOf(ana)).toEqual([third.id]);
    await store.removeOfSessions(ana, [third.sessionId]);
    expect([await idsOf(ana), await idsOf(boris)]).toEqual([[], [foreign.id]]);
    await store.removeOfSessions(boris, null);
    expect(await idsOf(boris)).toEqual([]);
  });

  test('keeps what its service said last, and forgets one that is gone', async () => {
    const userId = newId();
    const [good, bad, gone] = [await put(userId), await put(userId, app(), { now: later }), await put(userId, app(), { now: muchLater })];
    await store.answered(
      [
        { id: good.id, answer: { outcome: 'accepted', detail: '201' } },
        { id: bad.id, answer: { outcome: 'refused', detail: '403 BadJwtToken' } },
        { id: gone.id, answer: { outcome: 'gone', detail: '410' } },
      ],
      later,
    );
    expect(await store.of([userId])).toMatchObject([
      { id: good.id, lastAcceptedAt: later, lastError: null },
      { id: bad.id, lastAcceptedAt: null, lastError: '403 BadJwtToken' },
    ]);
    await put(userId, bad.target);
    expect((await store.of([userId])).find(({ id }) => id === bad.id)).toMatchObject({ lastError: null });
  });

  test('one that was not confirmed for long is stale until it is marked, and again when it was confirmed since', async () => {
    const [userId, target] = [newId(), browser()];
    const { id } = await put(userId, target);
    const isStale = async (before: string): Promise<boolean> => (await store.stale(before, 1_000)).some((one) => one.id === id);
    expect([await isStale(noon), await isStale(later)]).toEqual([false, true]);
    await store.markStale([id], later);
    expect(await isStale(later)).toBe(false);
    await put(userId, target, { now: later });
    expect([await isStale(later), await isStale(muchLater)]).toEqual([false, true]);
  });
}
