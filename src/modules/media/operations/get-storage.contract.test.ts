import { randomUUID } from 'node:crypto';
import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { eventually } from '../../../../test/harness/eventually.ts';
import { downloads, uploads } from '../../../../test/harness/files.ts';
import { newUpload } from '../../../../test/harness/resumable.ts';
import type { FileStorage } from '../../../contracts/media/storage.ts';
import { noise } from '../adapters/previews/pictures.fixture.ts';

let opened: AppWithTeam;
beforeAll(async () => {
  opened = await openAppWithTeam();
});
afterAll(() => opened.close());

test('media.getStorage: an admin sees what files take, by people, conversations and kinds; others do not', async () => {
  const [owner, ana, boris] = await opened.team.actors('olga', 'ana', 'boris');
  const lunch = await ana.opens('group', [boris]);
  const direct = await ana.opens('direct', [boris]);
  const picture = await noise(300, 200);
  const file = await uploads(ana, picture);
  const sends = (id: string, attachmentId: string) =>
    ana.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text: '', attachmentIds: [attachmentId] });
  await sends(lunch.id, file.id);
  await sends(direct.id, (await uploads(ana, 'abc')).id);
  await uploads(boris, 'abc');
  await newUpload(boris, { size: 100, body: Buffer.from('1234567') });
  await expect(ana.api.ok('GET', '/admin/storage')).rejects.toMatchObject({ problem: { code: 'forbidden' } });

  await eventually(async () => expect((await downloads(ana, { url: `${file.url}/thumbnail` })).status).toBe(200));
  const storage = await owner.api.ok<FileStorage>('GET', '/admin/storage');
  const bytes = picture.byteLength;
  expect(storage).toMatchObject({
    files: 3,
    bytes: bytes + 6,
    storedBytes: bytes + 3,
    uploads: 1,
    uploadBytes: 7,
    people: [
      { userId: ana.id, files: 2, bytes: bytes + 3 },
      { userId: boris.id, files: 1, bytes: 3 },
    ],
    conversations: [
      { id: lunch.id, kind: 'group', name: 'Lunch', files: 1, bytes },
      { id: direct.id, kind: 'direct', name: null, files: 1, bytes: 3 },
    ],
    kinds: [
      { kind: 'image', files: 1, bytes },
      { kind: 'other', files: 2, bytes: 6 },
    ],
  });
  expect(storage.previewBytes).toBeGreaterThan(0);
  expect(storage.freeBytes).toBeGreaterThan(2 ** 20);

  await uploads(boris, 'another');
  // Counted once for all who ask within a minute.
  expect(await owner.api.ok('GET', '/admin/storage')).toEqual(storage);
});
