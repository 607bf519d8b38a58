import { openNotifiedTeam, type NotifiedTeam } from '../notifications.fixture.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: NotifiedTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

test('a browser gets the key by which it subscribes, and whether Firebase is on', async () => {
  for (const actor of [ana, boris])
    expect(await actor.api.ok('GET', '/notifications/push-key')).toEqual({ publicKey: 'a-public-key', fcm: false });
});
