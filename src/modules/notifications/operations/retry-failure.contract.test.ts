import { newId } from '../../../kernel/ids.ts';
import type { AuditEntry } from '../../../contracts/admin/audit.ts';
import type { Trace } from '../../../contracts/notifications/traces.ts';
import { endLives, failuresOf, pathOf, refusedPush, wrongSubject } from '../failures.fixture.ts';
import { aDelivery } from '../rows.fixture.ts';
import { type NotifiedTeam, openNotifiedTeam } from '../notifications.fixture.ts';
import { eventually } from '../../../../test/harness/eventually.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: NotifiedTeam;
let olga: Actor;
let ana: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [olga, ana] = (await opened.team.actors('olga', 'ana')) as [Actor, Actor];
});
afterAll(() => opened.close());

const fails = async (name: string) => refusedPush(opened, { admin: olga, sender: ana, receiver: await opened.team.actor(name) });
const retry = async (failure: Parameters<typeof pathOf>[0]) => (await olga.api.request('POST', `${pathOf(failure)}/retry`)).status;

test('a push is sent again and the trace says so; the audit log names who did it', async () => {
  const failure = await fails('clara');
  expect(await retry(failure)).toBe(204);
  expect((await failuresOf(olga)).items).toEqual([]);
  await eventually(() => {
    expect(opened.providers.notesAt(failure.endpoint)).toHaveLength(2);
  });
  const trace = await eventually(async () => {
    const found = await olga.api.ok<Trace>('GET', `/admin/notifications/trace?eventId=${failure.eventId}&userId=${failure.userId}`);
    expect(found.deliveries.find(({ channel }) => channel === 'push')?.state).toBe('accepted');
    return found;
  });
  expect(trace.deliveries.find(({ channel }) => channel === 'push')?.steps.map(({ step, detail }) => [step, detail])).toEqual([
    ['queued', 'direct'],
    ['refused', wrongSubject],
    ['queued', 'again'],
    ['accepted', '201 Created'],
  ]);
  expect(await retry(failure)).toBe(404);
  const { items } = await olga.api.ok<{ items: AuditEntry[] }>('GET', '/admin/audit?operation=notifications.retryFailure');
  expect(items.map(({ actorId, outcome, input }) => [actorId, outcome, input['eventId']])).toEqual([
    [olga.id, 'not_found', failure.eventId],
    [olga.id, 'ok', failure.eventId],
  ]);
});

test('what is past its life is refused with the reason, and stays on the list', async () => {
  const failure = await fails('dora');
  await endLives(opened);
  const { status, body } = await olga.api.request('POST', `${pathOf(failure)}/retry`);
  expect([status, body['code'], body['detail']]).toEqual([409, 'conflict', expect.stringContaining('cannot be sent any more')]);
  expect((await failuresOf(olga)).items.map(({ eventId }) => eventId)).toEqual([failure.eventId]);
});

test('one of a channel that is off is refused, and counted among all of them', async () => {
  await opened.app.kernel.database.query('DELETE FROM notifications.deliveries');
  const one = await aDelivery(opened.app.kernel.database, { channel: 'fcm', createdAt: new Date().toISOString() });
  const { status, body } = await olga.api.request('POST', `${pathOf(one)}/retry`);
  expect([status, body['detail']]).toEqual([409, 'Its channel is off: turn that on first.']);
  expect(await olga.api.ok('POST', '/admin/notifications/failures/retry', {})).toEqual({ retried: 0, expired: 0, off: 1, more: false });
  await olga.api.ok('DELETE', pathOf(one));
});

test('of two admins at once one sends it again, and it goes out once', async () => {
  const failure = await fails('emil');
  const became = await Promise.all(Array.from({ length: 8 }, () => retry(failure)));
  expect(became.sort()).toEqual([204, ...Array<number>(7).fill(404)]);
  await eventually(() => {
    expect(opened.providers.notesAt(failure.endpoint)).toHaveLength(2);
  });
});

test('one that is not there, or that waits, is not found', async () => {
  expect(await retry({ eventId: newId(), deviceId: newId() })).toBe(404);
  expect((await olga.api.request('POST', '/admin/notifications/failures/%00/x/retry')).status).toBe(400);
});
