import { newId } from '../../../kernel/ids.ts';
import type { StatusStore } from '../ports.ts';

const noon = '2026-01-31T12:00:00.000Z';
const later = '2026-01-31T13:00:00.000Z';

/** What every store of statuses must do. */
export function statusStoreSuite(create: () => StatusStore): void {
  test('a choice is kept until another is made', async () => {
    const statuses = create();
    const userId = newId();
    await statuses.choose({ userId, chosen: 'dnd', text: 'deep work', until: later });
    expect(await statuses.read([userId, newId()])).toEqual([{ userId, chosen: 'dnd', text: 'deep work', until: later, lastSeenAt: null }]);
    await statuses.choose({ userId, chosen: 'away', text: null, until: null });
    expect(await statuses.read([userId])).toEqual([{ userId, chosen: 'away', text: null, until: null, lastSeenAt: null }]);
  });

  test('the last sighting never moves back and leaves the choice alone', async () => {
    const statuses = create();
    const userId = newId();
    await statuses.choose({ userId, chosen: 'away', text: null, until: null });
    await statuses.seen([userId], later);
    await statuses.seen([userId], noon);
    await statuses.seen([], later);
    expect(await statuses.read([userId])).toMatchObject([{ chosen: 'away', lastSeenAt: later }]);
  });

  test('nobody is sighted while invisible', async () => {
    const statuses = create();
    const userId = newId();
    await statuses.seen([userId], noon);
    await statuses.choose({ userId, chosen: 'invisible', text: null, until: null });
    await statuses.seen([userId], later);
    expect(await statuses.read([userId])).toMatchObject([{ lastSeenAt: noon }]);
    await statuses.choose({ userId, chosen: 'online', text: null, until: null });
    await statuses.seen([userId], later);
    expect(await statuses.read([userId])).toMatchObject([{ lastSeenAt: later }]);
  });

  test('a text that is set while invisible is not kept, and the one from before stays', async () => {
    const statuses = create();
    const [writer, newcomer] = [newId(), newId()];
    await statuses.choose({ userId: writer, chosen: 'away', text: 'lunch', until: null });
    expect(await statuses.choose({ userId: writer, chosen: 'invisible', text: 'secret', until: null })).toMatchObject({ text: 'lunch' });
    expect(await statuses.choose({ userId: newcomer, chosen: 'invisible', text: 'secret', until: null })).toMatchObject({ text: null });
    expect(await statuses.choose({ userId: writer, chosen: 'online', text: null, until: null })).toMatchObject({ text: null });
  });

  test('a choice whose time is over falls back, once', async () => {
    const statuses = create();
    const [due, lasting] = [newId(), newId()];
    await statuses.choose({ userId: due, chosen: 'dnd', text: 'lunch', until: noon });
    await statuses.choose({ userId: lasting, chosen: 'dnd', text: 'trip', until: '2999-01-01T00:00:00.000Z' });
    const first = (await statuses.endDue('2026-01-31T12:30:00.000Z')).find(({ userId }) => userId === due);
    expect(first).toMatchObject({ chosen: 'dnd', text: 'lunch', until: noon });
    expect((await statuses.endDue('2026-01-31T12:30:00.000Z')).some(({ userId }) => userId === due)).toBe(false);
    expect(await statuses.read([due])).toMatchObject([{ chosen: 'online', text: null, until: null }]);
    expect(await statuses.read([lasting])).toMatchObject([{ chosen: 'dnd', text: 'trip' }]);
  });
}
