import pg from 'pg';
import { openTestApp } from '../../test/harness/app.ts';
import { Device } from '../../test/harness/device.ts';
import { password, Team } from '../../test/harness/team.ts';
import { rotateKeys } from '../contracts/auth/keys.ts';
import { events, frames } from '../contracts/registry.ts';
import { asyncApi } from '../gateway/http/documents.ts';
import { openCliApp } from './cli-app.ts';

/** What the document says that the server sends. */
const documented = Object.keys((asyncApi({ version: '0', publicUrl: 'http://localhost' }) as { operations: object }).operations)
  .filter((name) => name.startsWith('send.'))
  .map((name) => name.slice('send.'.length))
  .sort();

/** The schemas of a frame by its name; several events may send frames of one name. */
const schemasOf = (name: string) => [
  ...events.flatMap((event) => event.clients.filter((client) => client.name === name).map((client) => client.schema ?? event.payload)),
  ...frames.filter((frame) => frame.name === name).map((frame) => frame.payload),
];

const receivedBy = (devices: readonly Device[]) => devices.flatMap(({ received }) => received).filter(({ name }) => name !== 'disconnect');

test('every frame the server sends is in the document, and everything in the document is sent as its schema says', async () => {
  const app = await openTestApp();
  const team = await Team.create([app.url], app.config.dataDir);
  const [olga, ana, boris, cleo] = await team.actors('olga', 'ana', 'boris', 'cleo');
  const gus = await team.guest('gus');
  const [anas, boriss, guss] = await Promise.all([ana.comesOnline(), boris.comesOnline(), gus.comesOnline()]);
  await boriss.command('presence:subscribe', { userIds: [ana.id] });

  const { id } = await ana.opens('group', [boris, gus]);
  const sent = await anas.send(id, 'one');
  await anas.command('message:edit', { messageId: sent.id, text: 'two' });
  await boriss.command('reaction:add', { messageId: sent.id, emoji: '👍' });
  await boriss.command('conversation:read', { conversationId: id, seq: sent.seq });
  await anas.command('typing:set', { conversationId: id, typing: true });
  await anas.command('presence:set', { status: 'dnd' });
  await anas.command('message:delete', { messageId: sent.id });
  await ana.api.ok('PATCH', `/conversations/${id}`, { topic: 'frames' });
  await ana.api.ok('PATCH', `/conversations/${id}`, { muted: true });
  await ana.api.ok('PUT', `/notifications/conversations/${id}`, { level: 'mentions' });
  await ana.api.ok('POST', `/conversations/${id}/members`, { userIds: [cleo.id] });
  await ana.api.ok('PATCH', `/conversations/${id}/members/${cleo.id}`, { role: 'moderator' });
  await ana.api.ok('DELETE', `/conversations/${id}/members/${cleo.id}`);
  await ana.api.ok('PATCH', '/users/me', { displayName: 'Ana K.' });
  await ana.api.ok('PATCH', '/me/settings', { 'appearance.theme': 'dark' });
  await team.actor('dora');
  await guss.receives('people:changed');
  await anas.command('session:renew', { token: ana.session.accessToken });

  // A change whose event this node missed, as after a loss between nodes: it names the head of the conversation.
  const database = new pg.Client(app.databaseUrl);
  await database.connect();
  await database.query('UPDATE chat.conversations SET rev = rev + 1 WHERE id = $1', [id]);
  await database.end();
  await boriss.receives('conversation:heads');

  await ana.api.ok('DELETE', `/conversations/${id}`);
  await Promise.all([anas, boriss].map((device) => device.receives('conversation:removed')));
  await olga.api.ok('POST', `/admin/users/${boris.id}/logout`);
  await boriss.receives('session:revoked');
  const cliApp = await openCliApp(app.config);
  await cliApp.change(rotateKeys, { now: true }).finally(() => cliApp.close());
  await anas.receives('session:expired');

  const again = await olga.api.ok<{ accessToken: string }>('POST', '/auth/login', { login: 'olga', password });
  const last = await Device.open(app.url, again.accessToken);
  await app.close();
  await last.receives('server:moving');

  const received = receivedBy([anas, boriss, guss, last]);
  expect([...new Set(received.map(({ name }) => name))].sort()).toEqual(documented);
  for (const { name, payload } of received) {
    const fits = schemasOf(name).some((schema) => schema.safeParse(payload).success);
    expect({ name, payload, fits }).toEqual({ name, payload, fits: true });
  }
  await team.leaves();
}, 60_000);
