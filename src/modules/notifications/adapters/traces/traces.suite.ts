import { newId } from '../../../../kernel/ids.ts';
import type { Stores } from '../../store-ports.ts';
import { aMail, anEntry, aPush, decides, noon } from '../../stores.fixture.ts';

/** What every store of traces must do. */
export function tracesSuite(create: () => Stores): void {
  test('an event is kept with the entry and each delivery of a person, or with what held it back', async () => {
    const stores = create();
    const [userId, held] = [newId(), newId()];
    const entry = anEntry({ userId, cause: 'mention', deliveries: [aPush(), aMail(userId)] });
    await decides(stores, [entry], { held: { muted: [held] } });
    const found = await stores.traces.of(entry.eventId, userId);
    expect(found.event).toMatchObject({ kind: 'message', reasons: [], decidedAt: noon });
    expect(found.entry).toEqual({ cause: 'mention', readAt: null });
    expect(found.deliveries).toMatchObject([
      { channel: 'push', device: 'Phone', state: 'waiting', steps: [{ step: 'queued' }] },
      { channel: 'mail', device: 'ana@example.org', state: 'waiting' },
    ]);
    expect(await stores.traces.of(entry.eventId, held)).toMatchObject({ event: { reasons: ['muted'] }, entry: null, deliveries: [] });
    expect(await stores.traces.of(entry.eventId, newId())).toMatchObject({ event: { reasons: [] }, entry: null, deliveries: [] });
    expect(await stores.traces.of(newId(), userId)).toEqual({ event: null, entry: null, deliveries: [] });
  });
}
