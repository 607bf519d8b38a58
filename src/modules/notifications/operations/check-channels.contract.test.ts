import type { Actor } from '../../../../test/harness/team.ts';
import { type NotifiedTeam, openNotifiedTeam } from '../notifications.fixture.ts';

let opened: NotifiedTeam;
let olga: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  olga = await opened.team.owner;
});
afterAll(() => opened.close());

test('each channel that is on is checked, and says what is wrong', async () => {
  const checks = [{ ok: false, what: 'Apple takes no pushes from localhost: set MAIL_FROM' }];
  opened.providers.findings = checks;
  expect(await olga.api.ok('GET', '/admin/notifications/checks')).toEqual({
    items: [
      { channel: 'push', checks },
      { channel: 'fcm', checks: [] },
      { channel: 'mail', checks },
    ],
  });
});
