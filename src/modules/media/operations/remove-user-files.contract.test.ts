import { randomUUID } from 'node:crypto';
import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { loads, setsAvatar } from '../../../../test/harness/avatars.ts';
import { eventually } from '../../../../test/harness/eventually.ts';
import { downloads, uploads } from '../../../../test/harness/files.ts';
import { newUpload } from '../../../../test/harness/resumable.ts';
import type { AuditEntry } from '../../../contracts/admin/audit.ts';
import type { Message } from '../../../contracts/chat/messages.ts';
import { noise } from '../adapters/previews/pictures.fixture.ts';

let opened: AppWithTeam;
beforeAll(async () => {
  opened = await openAppWithTeam();
});
afterAll(() => opened.close());

test('media.removeUserFiles, media.measureUserFiles: an admin sees how much it is and removes every file of a person', async () => {
  const [ana, boris] = await opened.team.actors('ana', 'boris');
  const owner = await opened.team.owner;
  const { id } = await ana.opens('group', [boris]);
  const picture = await noise(300, 200);
  const file = await uploads(ana, picture, { name: 'party.png', type: 'image/png' });
  const his = await uploads(boris, picture, { name: 'mine.png', type: 'image/png' });
  const sent = await ana.api.ok<Message>('POST', `/conversations/${id}/messages`, {
    clientMessageId: randomUUID(),
    text: 'look',
    attachmentIds: [file.id],
  });
  await newUpload(ana, { size: 100, body: Buffer.from('1234567') });
  const avatarUrl = await setsAvatar(ana, await noise(40, 40));
  const path = `/admin/users/${ana.id}/files`;
  for (const method of ['GET', 'DELETE']) expect((await boris.api.request(method, path)).status).toBe(403);
  const amount = { files: 1, bytes: picture.byteLength + 7 };
  expect(await owner.api.ok('GET', path)).toEqual(amount);
  expect(await owner.api.ok('DELETE', path)).toEqual(amount);

  await eventually(async () => expect((await downloads(ana, file)).status).toBe(404));
  const message = await boris.api.ok<Message>('GET', `/messages/${sent.id}`);
  expect(message).toMatchObject({ text: 'look', seq: sent.seq, attachments: [{ id: file.id, name: '', size: 0, removed: 'erased' }] });
  expect((await downloads(ana, { url: `${file.url}/thumbnail` })).status).toBe(404);
  expect((await downloads(boris, his)).status).toBe(200);
  expect((await loads(boris, avatarUrl)).status).toBe(404);
  await eventually(async () => expect(await owner.api.ok('GET', path)).toEqual({ files: 0, bytes: 0 }));
  const { items } = await owner.api.ok<{ items: AuditEntry[] }>('GET', '/admin/audit');
  expect(items.map(({ operation, subject, outcome }) => [operation, subject, outcome])).toContainEqual([
    'media.removeUserFiles',
    ana.id,
    'ok',
  ]);
});

test('an admin who may not change an account removes none of its files', async () => {
  const [admin] = await opened.team.actors('clara');
  const owner = await opened.team.owner;
  await owner.api.ok('PUT', `/admin/users/${admin.id}/role`, { role: 'admin' });
  const file = await uploads(owner, 'abc');
  expect((await admin.api.request('DELETE', `/admin/users/${owner.id}/files`)).status).toBe(403);
  expect((await downloads(owner, file)).status).toBe(200);
  expect((await owner.api.request('DELETE', `/admin/users/${randomUUID()}/files`)).status).toBe(404);
});
