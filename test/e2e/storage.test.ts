import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { barriers, sidewaysScroll } from '../harness/accessible.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { uploads } from '../harness/files.ts';
import { signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  const { id } = await ana.opens('group', [boris]);
  const file = await uploads(boris, new Uint8Array(3 * 2 ** 20).fill(7), { name: 'large.bin', type: 'application/octet-stream' });
  await boris.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text: '', attachmentIds: [file.id] });
  await uploads(ana, 'small', { name: 'note.txt' });
  await team.owner;
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

test.each([
  ['a desktop', {}],
  ['a phone', { width: 390, height: 844, touch: true }],
])('an admin sees on %s what files take, and who has the most', async (_, screen) => {
  const device = await BrowserDevice.open(browser, server.url, screen);
  const { page } = device;
  await signIn(page, 'olga');
  await page.goto('/admin/storage');
  const people = page.getByRole('list', { name: 'People with the most' });
  await people.getByText('boris').waitFor();
  expect(await people.getByRole('listitem').allInnerTexts()).toEqual([expect.stringContaining('boris'), expect.stringContaining('ana')]);
  expect(await people.getByRole('listitem').first().innerText()).toContain('3 MB · 1 file');
  await page.getByRole('list', { name: 'Conversations with the most' }).getByText('Lunch').waitFor();
  await page.getByRole('list', { name: 'By kind' }).getByText('Other files').waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/storage-${_.replace(' ', '-')}.png` });
  expect(device.faults).toEqual([]);
  await device.close();
});
