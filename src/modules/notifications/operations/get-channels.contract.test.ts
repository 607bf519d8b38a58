import type { Channels } from '../../../contracts/notifications/channels.ts';
import { refusedPush, says, wrongSubject } from '../failures.fixture.ts';
import { type NotifiedTeam, openNotifiedTeam, subscribes } from '../notifications.fixture.ts';
import { eventually } from '../../../../test/harness/eventually.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: NotifiedTeam;
let olga: Actor;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [olga, ana, boris] = (await opened.team.actors('olga', 'ana', 'boris')) as [Actor, Actor, Actor];
});
afterAll(() => opened.close());

test('each channel says whether it is on, and what became of what it sent', async () => {
  const [clara, dora] = await opened.team.actors('clara', 'dora');
  const { id } = await ana.opens('group', [boris, dora], { name: 'Lunch' });
  const { endpoint } = await subscribes(boris);
  await dora.api.ok('PATCH', `/conversations/${id}`, { muted: true });
  const message = await says(ana, id, 'Soup');
  const [note] = await eventually(() => {
    const notes = opened.providers.notesAt(endpoint);
    expect(notes).toHaveLength(1);
    return notes;
  });
  await boris.api.ok('POST', '/notifications/shown', { receipt: note?.receipt });
  await boris.api.ok('PUT', `/conversations/${id}/read`, { seq: message.seq });
  const refused = await refusedPush(opened, { admin: olga, sender: ana, receiver: clara });
  const { items, alarms, heldBy } = await eventually(async () => {
    const { deliveries } = await boris.api.ok<{ deliveries: { state: string }[] }>('GET', `/notifications/trace?messageId=${message.id}`);
    expect(deliveries.map(({ state }) => state)).toEqual(['shown', 'cancelled']);
    return olga.api.ok<Channels>('GET', '/admin/notifications/channels');
  });
  const [push, fcm, mail] = items;
  const none = { made: 0, accepted: 0, shown: 0, retried: 0, gone: 0, refused: 0, dead: 0, cancelledBy: {}, medianMs: null };
  expect(push).toEqual({
    channel: 'push',
    off: null,
    waiting: 0,
    figures: { ...none, made: 2, accepted: 1, shown: 1, refused: 1, medianMs: expect.any(Number) },
  });
  expect(push?.figures.medianMs).toBeLessThan(10_000);
  expect(fcm).toEqual({ channel: 'fcm', off: 'off: set FCM_CREDENTIALS', waiting: 0, figures: none });
  // The mail to Clara waits, the one to Boris was cancelled.
  expect(mail).toEqual({ channel: 'mail', off: null, waiting: 1, figures: { ...none, made: 2, cancelledBy: { read: 1 } } });
  expect(heldBy).toEqual({ muted: 1 });
  expect(alarms).toEqual([{ channel: 'push', detail: wrongSubject, count: 1, at: refused.failedAt }]);
});
