import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { noise } from '../../src/modules/media/adapters/previews/pictures.fixture.ts';
import { barriers } from '../harness/accessible.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { uploads } from '../harness/files.ts';
import { openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
});
afterAll(async () => {
  await browser.close();
  await server.remove();
});

test('an admin sees how much it is and removes all files of a person; who has the conversation open sees at once that they are gone', async () => {
  const team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  await team.owner;
  const { id } = await ana.opens('group', [boris]);
  const picture = await uploads(boris, await noise(300, 200), { name: 'party.png', type: 'image/png' });
  const report = await uploads(boris, 'figures', { name: 'report.txt' });
  await boris.api.ok('POST', `/conversations/${id}/messages`, {
    clientMessageId: randomUUID(),
    text: '',
    attachmentIds: [picture.id, report.id],
  });
  const reader = await BrowserDevice.open(browser, server.url);
  await signIn(reader.page, 'ana');
  await openConversation(reader.page, 'Lunch');
  await reader.page.getByRole('button', { name: 'Show party.png' }).locator('img').waitFor();

  const admin = await BrowserDevice.open(browser, server.url);
  const { page } = admin;
  await signIn(page, 'olga');
  await page.goto('/admin/users');
  await page.getByRole('button', { name: 'Actions for boris' }).click();
  await page.getByRole('menuitem', { name: 'Remove all files' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove all files of boris?' });
  await dialog.getByText(/^2 files \(.+kB\)/i).waitFor();
  expect(await barriers(page)).toEqual([]);
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/remove-files.png` });
  await dialog.getByRole('button', { name: 'Remove all files' }).click();
  await page.getByText('The files of boris are being removed').waitFor();

  await reader.page.getByText('File removed by an administrator').nth(1).waitFor();
  expect(await reader.page.getByText(/party\.png|report\.txt/).count()).toBe(0);
  expect(await barriers(reader.page)).toEqual([]);
  if (folder !== undefined) await reader.page.screenshot({ path: `${folder}/removed-files.png` });
  expect([...reader.faults, ...admin.faults]).toEqual([]);
  await Promise.all([reader.close(), admin.close()]);
});
