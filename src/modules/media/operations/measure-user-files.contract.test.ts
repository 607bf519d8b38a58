import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { uploads } from '../../../../test/harness/files.ts';
import { newUpload } from '../../../../test/harness/resumable.ts';

let opened: AppWithTeam;
beforeAll(async () => {
  opened = await openAppWithTeam();
});
afterAll(() => opened.close());

test('media.measureUserFiles: an admin learns how many files a person has and their bytes, with what came of uploads under way', async () => {
  const [ana, boris] = await opened.team.actors('ana', 'boris');
  const owner = await opened.team.owner;
  const path = `/admin/users/${ana.id}/files`;
  expect(await owner.api.ok('GET', path)).toEqual({ files: 0, bytes: 0 });
  await uploads(ana, 'abc');
  await uploads(ana, 'abc');
  await uploads(boris, 'not hers');
  await newUpload(ana, { size: 100, body: Buffer.from('1234567') });
  expect(await owner.api.ok('GET', path)).toEqual({ files: 2, bytes: 13 });
  expect((await ana.api.request('GET', path)).status).toBe(403);
});
