import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: AppWithTeam;
let ana: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  [ana] = (await opened.team.actors('ana')) as [Actor];
});
afterAll(() => opened.close());

test('what is named changes, null returns to the default, and the settings of the person say the same', async () => {
  const path = '/notifications/preferences';
  const preferences = { channels: 'all', keywords: ['  release '], mail: 'off' };
  expect(await ana.api.ok('PUT', path, { preferences })).toMatchObject({
    rev: 1,
    preferences: { channels: 'all', keywords: ['release'], mail: 'off', groups: 'all' },
  });
  expect(await ana.api.ok('GET', '/me/settings')).toMatchObject({ rev: 1, settings: { 'notifications.channels': 'all' } });
  expect(await ana.api.ok('PUT', path, { preferences: { channels: null } })).toMatchObject({
    rev: 2,
    preferences: { channels: 'mentions', mail: 'off' },
  });
});

test('a time zone that nobody knows is refused', async () => {
  const quietHours = { on: true, from: '22:00', to: '07:00', days: [1], timeZone: 'Mars/Olympus' };
  const answer = await ana.api.request('PUT', '/notifications/preferences', { preferences: { quietHours } });
  expect(answer.status).toBe(400);
});
