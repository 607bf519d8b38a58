import { randomUUID } from 'node:crypto';
import { matrix } from './access-matrix.ts';
import { openAppWithTeam, type AppWithTeam } from '../harness/app-with-team.ts';
import type { Actor, Team } from '../harness/team.ts';

interface Entry {
  readonly operation: string;
  readonly actorId: string;
  readonly subject: string | null;
  readonly outcome: string | null;
  readonly input: unknown;
}

let opened: AppWithTeam;
let team: Team;
let owner: Actor;
let admin: Actor;

beforeAll(async () => {
  opened = await openAppWithTeam();
  ({ team } = opened);
  owner = await team.owner;
  admin = await team.actor('ada');
  await owner.api.ok('PUT', `/admin/users/${admin.id}/role`, { role: 'admin' });
});
afterAll(() => opened.close());

/** What the audit log holds of this admin, newest first. */
const rows = async (): Promise<Entry[]> => (await owner.api.ok<{ items: Entry[] }>('GET', `/admin/audit?actorId=${admin.id}`)).items;

/** A group in which the admin is a plain member, with a message of somebody else. */
async function scene() {
  const [head, other, third] = await team.actors('hea', 'oth', 'thi');
  const { id } = await head.opens('group', [admin, other, third], { name: 'Scene' });
  const message = await other.api.ok<{ id: string }>('POST', `/conversations/${id}/messages`, {
    clientMessageId: randomUUID(),
    text: 'hello',
  });
  return { id, message, head, other, third };
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** Every change in a conversation that the matrix refuses to its members and allows to its owner. */
const byRight: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  'chat.deleteMessage': ({ message }) => admin.api.ok('DELETE', `/messages/${message.id}`),
  'chat.updateConversation': ({ id }) => admin.api.ok('PATCH', `/conversations/${id}`, { name: 'Renamed' }),
  'chat.changeMemberRole': ({ id }) => admin.api.ok('PATCH', `/conversations/${id}/members/${admin.id}`, { role: 'owner' }),
  'chat.removeMember': ({ id, third }) => admin.api.ok('DELETE', `/conversations/${id}/members/${third.id}`),
  'media.removeConversationAvatar': ({ id }) => admin.api.ok('DELETE', `/conversations/${id}/avatar`),
  'chat.deleteConversation': ({ id }) => admin.api.ok('DELETE', `/conversations/${id}`),
};

test('every change that the matrix keeps from members is played here', () => {
  const kept = Object.entries(matrix).filter(
    ([name, { relations }]) => relations?.['member'] === 'forbidden' && relations['owner'] === 'allow' && !/\.(list|get)/.test(name),
  );
  expect(Object.keys(byRight).sort()).toEqual(kept.map(([name]) => name).sort());
});

test.each(Object.keys(byRight))('%s that a team role alone allows leaves a row, and one by an own right leaves none', async (name) => {
  const first = await scene();
  const before = (await rows()).length;
  await byRight[name]?.(first);
  const after = await rows();
  expect(after.length).toBe(before + 1);
  expect(after[0]).toMatchObject({ operation: name, actorId: admin.id, outcome: 'ok' });
  const second = await scene();
  await second.head.api.ok('PATCH', `/conversations/${second.id}/members/${admin.id}`, { role: 'owner' });
  await byRight[name]?.(second);
  expect((await rows()).length).toBe(before + 1);
});

test('it leaves a row by a socket too, and a refused one leaves none', async () => {
  const { message, other, id } = await scene();
  const before = (await rows()).length;
  const device = await admin.device();
  await device.command('message:delete', { messageId: message.id });
  expect((await rows())[0]).toMatchObject({ operation: 'chat.deleteMessage', subject: message.id, outcome: 'ok' });
  const theirs = await other.api.ok<{ id: string }>('POST', `/conversations/${id}/messages`, {
    clientMessageId: randomUUID(),
    text: 'mine',
  });
  expect((await admin.api.request('PATCH', `/messages/${theirs.id}`, { text: 'changed' })).status).toBe(403);
  expect((await rows()).length).toBe(before + 1);
});

test('invites above members, and withdrawing those of others, leave rows without their codes', async () => {
  const before = (await owner.api.ok<{ items: Entry[] }>('GET', `/admin/audit?actorId=${owner.id}`)).items.length;
  const invite = await owner.api.ok<{ code: string }>('POST', '/invites', { role: 'admin' });
  await owner.api.ok('POST', '/invites', { role: 'member' });
  const theirs = await admin.api.ok<{ code: string }>('POST', '/invites', {});
  await owner.api.ok('DELETE', `/invites/${theirs.code}`);
  const { items } = await owner.api.ok<{ items: Entry[] }>('GET', `/admin/audit?actorId=${owner.id}`);
  expect(items.slice(0, items.length - before).map(({ operation }) => operation)).toEqual(['auth.deleteInvite', 'auth.createInvite']);
  expect(JSON.stringify(items)).not.toContain(invite.code);
  expect(JSON.stringify(items)).not.toContain(theirs.code);
});
