import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: AppWithTeam;
let ana: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  [ana] = (await opened.team.actors('ana')) as [Actor];
});
afterAll(() => opened.close());

test('a person who chose nothing has the defaults and no rules', async () => {
  expect(await ana.api.ok('GET', '/notifications/preferences')).toEqual({
    rev: 0,
    preferences: {
      channels: 'mentions',
      groups: 'all',
      direct: 'all',
      threads: true,
      keywords: [],
      quietHours: { on: false, from: '22:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7], timeZone: 'UTC' },
      showsText: true,
      mail: 'missed',
      sound: true,
      desktop: true,
    },
    conversations: [],
  });
});
