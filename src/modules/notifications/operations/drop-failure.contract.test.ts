import { newId } from '../../../kernel/ids.ts';
import type { Trace } from '../../../contracts/notifications/traces.ts';
import { failuresOf, pathOf, refusedPush } from '../failures.fixture.ts';
import { type NotifiedTeam, openNotifiedTeam } from '../notifications.fixture.ts';
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

test('one that is taken off the list is not sent, and its trace says so', async () => {
  const failure = await fails('clara');
  await olga.api.ok('DELETE', pathOf(failure));
  expect((await failuresOf(olga)).items).toEqual([]);
  const trace = await olga.api.ok<Trace>('GET', `/admin/notifications/trace?eventId=${failure.eventId}&userId=${failure.userId}`);
  expect(trace.deliveries.find(({ channel }) => channel === 'push')).toMatchObject({
    state: 'cancelled',
    steps: expect.arrayContaining([expect.objectContaining({ step: 'cancelled', detail: 'dropped' })]),
  });
  for (const [method, path] of [
    ['DELETE', pathOf(failure)],
    ['POST', `${pathOf(failure)}/retry`],
    ['DELETE', pathOf({ eventId: newId(), deviceId: newId() })],
  ] as const)
    expect((await olga.api.request(method, path)).status).toBe(404);
});

test('of a retry and a drop at once one is done, and the other finds nothing', async () => {
  for (const name of ['dora', 'emil', 'fanny']) {
    const failure = await fails(name);
    const before = opened.providers.notesAt(failure.endpoint).length;
    const [retried, dropped] = await Promise.all([
      olga.api.request('POST', `${pathOf(failure)}/retry`),
      olga.api.request('DELETE', pathOf(failure)),
    ]);
    expect([retried.status, dropped.status].sort()).toEqual([204, 404]);
    if (dropped.status === 204) expect(opened.providers.notesAt(failure.endpoint)).toHaveLength(before);
  }
});
