import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { appends, newUpload, offsetOf, tusHeaders, uploadAt } from '../../../../test/harness/resumable.ts';

let opened: AppWithTeam;
beforeEach(async () => {
  opened = await openAppWithTeam();
});
afterEach(() => opened.close());

test('an upload says how far it is, what it was called, and the file that it became, to its person alone', async () => {
  const [ana, boris] = await opened.team.actors('ana', 'boris');
  const address = await newUpload(ana, { size: 6, name: 'файл.txt', type: 'text/plain', body: Buffer.from('abc') });
  const half = await fetch(ana.api.url + address, { method: 'HEAD', headers: tusHeaders(ana) });
  expect(Object.fromEntries(half.headers)).toMatchObject({
    'upload-offset': '3',
    'upload-length': '6',
    'upload-metadata': `filename ${Buffer.from('файл.txt').toString('base64')},filetype ${Buffer.from('text/plain').toString('base64')}`,
    'cache-control': 'no-store',
    'tus-resumable': '1.0.0',
  });
  expect(await uploadAt(ana, address)).toMatchObject({ size: 6, received: 3, attachment: null });
  await appends(ana, address, { offset: 3, bytes: Buffer.from('def') });
  expect(await offsetOf(ana, address)).toBe(6);
  const { attachment } = await uploadAt(ana, address);
  expect(attachment).toMatchObject({ name: 'файл.txt', size: 6, mimeType: 'text/plain' });
  expect(address.endsWith(attachment?.id ?? '-')).toBe(true);
  await expect(uploadAt(boris, address)).rejects.toMatchObject({ problem: { code: 'not_found' } });
  expect(await offsetOf(boris, address)).toBeNull();
  expect(await offsetOf(ana, `${address.slice(0, -4)}0000`)).toBeNull();
});
