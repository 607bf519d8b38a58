import { newId } from '../../../../kernel/ids.ts';
import type { Occurrence } from '../../domain/occurrence.ts';
import type { Inbox, InboxRow } from '../../store-ports.ts';

const [noon, later, muchLater] = ['2026-01-31T12:00:00.000Z', '2026-01-31T12:00:01.000Z', '2026-01-31T12:01:00.000Z'];

const occurrence = (): Occurrence => ({ kind: 'test', eventId: newId(), userId: newId(), subscriptionId: newId(), createdAt: noon });
const some = (count: number): Occurrence[] => Array.from({ length: count }, occurrence);
const idsIn = (rows: readonly InboxRow[]): Set<string> =>
  new Set(rows.flatMap(({ occurrences }) => occurrences.map(({ eventId }) => eventId)));

/** What every inbox must do. `create` opens an empty one. */
export function inboxSuite(create: () => Promise<Inbox>): void {
  const lease = (inbox: Inbox, count: number, now = later) => inbox.lease(count, { token: newId(), now, until: muchLater });

  test('what arrived is taken once, as it was', async () => {
    const inbox = await create();
    const arrived = some(2);
    await inbox.add(arrived, noon);
    expect(await inbox.count()).toBe(2);
    const [row, ...more] = await lease(inbox, 50);
    expect(row).toMatchObject({ occurrences: arrived, attempts: 0 });
    expect([more, await lease(inbox, 50)]).toEqual([[], []]);
  });

  test('much that arrived together is taken in portions, with nothing left out', async () => {
    const inbox = await create();
    const arrived = some(120);
    await inbox.add(arrived, noon);
    const taken: InboxRow[][] = [];
    for (let rows = await lease(inbox, 50); rows.length > 0; rows = await lease(inbox, 50)) taken.push([...rows]);
    for (const rows of taken) expect(idsIn(rows).size).toBeLessThanOrEqual(100);
    expect(idsIn(taken.flat())).toEqual(new Set(arrived.map(({ eventId }) => eventId)));
  });

  test('little that arrived apart is taken together', async () => {
    const inbox = await create();
    for (let count = 0; count < 5; count++) await inbox.add(some(1), noon);
    expect(idsIn(await lease(inbox, 50)).size).toBe(5);
  });

  test('two at once take nothing twice', async () => {
    const inbox = await create();
    for (let count = 0; count < 10; count++) await inbox.add(some(10), noon);
    const taken = await Promise.all([lease(inbox, 50), lease(inbox, 50), lease(inbox, 50)]);
    const ids = taken.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('what is renewed stays taken', async () => {
    const inbox = await create();
    await inbox.add(some(1), noon);
    const token = newId();
    await inbox.lease(50, { token, now: noon, until: later });
    await inbox.renew({ token: newId(), until: noon });
    await inbox.renew({ token, until: muchLater });
    expect(await lease(inbox, 50, later)).toEqual([]);
    expect(await lease(inbox, 50, muchLater)).toHaveLength(1);
  });

  test('what is given back, or whose lease ended, is taken again and says how often it was', async () => {
    const inbox = await create();
    await inbox.add(some(1), noon);
    const token = newId();
    await inbox.lease(50, { token, now: noon, until: muchLater });
    await inbox.release(token, later);
    expect(await lease(inbox, 50, noon)).toEqual([]);
    expect(await lease(inbox, 50, later)).toMatchObject([{ attempts: 1 }]);
    expect(await lease(inbox, 50, later)).toEqual([]);
    expect(await lease(inbox, 50, muchLater)).toMatchObject([{ attempts: 2 }]);
  });
}
