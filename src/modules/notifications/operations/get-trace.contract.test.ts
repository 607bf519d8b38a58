import { openNotifiedTeam, type NotifiedTeam } from '../notifications.fixture.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import { randomUUID } from 'node:crypto';

let opened: NotifiedTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

test('a message that nobody else can read has no trace', async () => {
  const { id } = await ana.opens('group', []);
  const message = await ana.api.ok<{ id: string }>('POST', `/conversations/${id}/messages`, {
    clientMessageId: randomUUID(),
    text: 'alone',
  });
  expect(await ana.api.ok('GET', `/notifications/trace?messageId=${message.id}`)).toMatchObject({ notified: false, reason: 'own' });
  for (const messageId of [message.id, randomUUID()])
    expect((await boris.api.request('GET', `/notifications/trace?messageId=${messageId}`)).status).toBe(404);
});
