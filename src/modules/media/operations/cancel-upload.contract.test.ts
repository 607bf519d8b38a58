import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { cancels, newUpload, offsetOf, uploadAt } from '../../../../test/harness/resumable.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: AppWithTeam;
let ana: Actor;
beforeEach(async () => {
  opened = await openAppWithTeam();
  ana = await opened.team.actor('ana');
});
afterEach(() => opened.close());

const stored = async (): Promise<string[]> =>
  (await readdir(join(opened.app.config.dataDir, 'media'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

test('an upload that is given up leaves nothing, and is gone', async () => {
  const address = await newUpload(ana, { size: 10, body: Buffer.from('12345') });
  expect(await stored()).toHaveLength(1);
  expect((await cancels(ana, address)).status).toBe(204);
  expect([await offsetOf(ana, address), await stored()]).toEqual([null, []]);
  expect((await cancels(ana, address)).status).toBe(404);
});

test('nobody gives up the upload of another', async () => {
  const address = await newUpload(ana, { size: 10, body: Buffer.from('12345') });
  expect((await cancels(await opened.team.actor('boris'), address)).status).toBe(404);
  expect(await offsetOf(ana, address)).toBe(5);
});

test('a file that no message holds goes with its upload, one in a message stays', async () => {
  const [loose, sent] = [
    await newUpload(ana, { size: 1, body: Buffer.from('a') }),
    await newUpload(ana, { size: 1, body: Buffer.from('b') }),
  ];
  const { id } = await ana.opens('group', []);
  const { attachment } = await uploadAt(ana, sent);
  await ana.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text: '', attachmentIds: [attachment?.id] });
  expect((await cancels(ana, loose)).status).toBe(204);
  expect(await offsetOf(ana, loose)).toBeNull();
  expect((await cancels(ana, sent)).status).toBe(409);
  expect(await stored()).toHaveLength(1);
});
