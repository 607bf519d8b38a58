import { randomUUID } from 'node:crypto';
import { eventually } from '../../../test/harness/eventually.ts';
import type { Actor } from '../../../test/harness/team.ts';
import type { Notification } from '../../contracts/notifications/notifications.ts';
import { type NotifiedTeam, openNotifiedTeam, subscribes } from './notifications.fixture.ts';

let opened: NotifiedTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

const invitesOf = async (actor: Actor): Promise<Notification[]> =>
  (await actor.api.ok<{ items: Notification[] }>('GET', '/notifications')).items.filter(({ cause }) => cause === 'invite');
const adds = (id: string) => ana.api.ok('POST', `/conversations/${id}/members`, { userIds: [boris.id] });

test('whoever is brought into a conversation is notified once, with the trace, until they read there', async () => {
  const { id } = await ana.opens('group', [], { name: 'Lunch' });
  const { endpoint } = await subscribes(boris);
  await adds(id);
  await eventually(() => {
    expect(opened.providers.notesAt(endpoint)).toMatchObject([
      { cause: 'invite', title: 'Lunch', body: 'ana added you', path: `/c/${id}` },
    ]);
  });
  const [invite] = await invitesOf(boris);
  expect(invite).toMatchObject({ conversationId: id, messageId: null, seq: null, actorId: ana.id, title: 'Lunch', readAt: null });
  expect(await invitesOf(ana)).toEqual([]);
  const trace = await boris.api.ok('GET', `/notifications/trace?messageId=${invite?.eventId ?? ''}`);
  expect(trace).toMatchObject({ notified: true, cause: 'invite', deliveries: [{ channel: 'push', state: 'accepted' }] });
  expect((await ana.api.request('GET', `/notifications/trace?messageId=${invite?.eventId ?? ''}`)).status).toBe(404);
  const message = { clientMessageId: randomUUID(), text: 'Welcome' };
  const { seq } = await ana.api.ok<{ seq: number }>('POST', `/conversations/${id}/messages`, message);
  await (await boris.comesOnline()).command('conversation:read', { conversationId: id, seq });
  await eventually(async () => {
    expect((await invitesOf(boris))[0]?.readAt).not.toBeNull();
  });
});

test('whoever joins by themselves is not notified, nor is anybody of an invite that was taken back', async () => {
  const before = (await invitesOf(boris)).length;
  const { id: open } = await ana.opens('channel', [], { name: 'For all', visibility: 'public' });
  await boris.api.ok('POST', `/conversations/${open}/join`);
  const { id } = await ana.opens('group', [], { name: 'Short' });
  const { endpoint } = await subscribes(boris);
  const sent = new Promise<void>((resolve) => {
    opened.providers.before = () => {
      resolve();
      return Promise.resolve();
    };
  });
  await adds(id);
  await sent;
  await ana.api.ok('DELETE', `/conversations/${id}/members/${boris.id}`);
  await eventually(async () => {
    expect(opened.providers.notesAt(endpoint).map(({ conversationId }) => conversationId)).toEqual([id]);
    const invites = await invitesOf(boris);
    expect(invites).toHaveLength(before + 1);
    expect(invites[0]?.readAt).not.toBeNull();
  });
});
