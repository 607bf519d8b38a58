import { openNotifiedTeam, type NotifiedTeam } from '../notifications.fixture.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import { teamSecret } from '../../../host/secret.ts';
import { Receipts } from '../receipts.ts';

let opened: NotifiedTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

test('the token of a mail stops mails, without signing in and as often as a program sends it', async () => {
  const token = new Receipts(await teamSecret(opened.app.config.secret, opened.app.config.dataDir)).unsubscribing(ana.id);
  for (let times = 0; times < 2; times++) {
    const answer = await fetch(`${opened.app.url}/api/v1/notifications/unsubscribe/${token}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect([answer.status, await answer.text()]).toEqual([200, 'Unsubscribed.\n']);
  }
  expect(await ana.api.ok('GET', '/notifications/preferences')).toMatchObject({ preferences: { mail: 'off' } });
  expect(await boris.api.ok('GET', '/notifications/preferences')).toMatchObject({ preferences: { mail: 'missed' } });
  expect((await fetch(`${opened.app.url}/api/v1/notifications/unsubscribe/none`, { method: 'POST' })).status).toBe(404);
});
