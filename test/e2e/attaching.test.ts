import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { barriers } from '../harness/accessible.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { composer, message, openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let device: BrowserDevice;
let page: Page;
let team: Team;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  await ana.opens('group', [boris]);
});

afterAll(async () => {
  await team.leaves();
  await browser.close();
  await server.remove();
});

beforeEach(async () => {
  device = await BrowserDevice.open(browser, server.url);
  ({ page } = device);
  await signIn(page, 'ana');
  await openConversation(page, 'Lunch');
});

afterEach(async () => {
  const { faults } = device;
  await device.close();
  expect(faults).toEqual([]);
});

const onTheirWay = () => page.getByRole('list', { name: /attached files?$/ });
const row = (name: string) => onTheirWay().getByRole('listitem').filter({ hasText: name });
const sentFile = (name: string) => page.getByRole('log').getByRole('button', { name: new RegExp(name) });
const send = () => page.getByRole('button', { name: 'Send', exact: true }).click();

/** Puts files into a drop or a paste, as a browser does. */
async function give(how: 'drop' | 'paste', names: readonly string[], texts: readonly string[] = []): Promise<void> {
  const given = { how, names, texts };
  await page.evaluate(({ how, names, texts }) => {
    const data = new DataTransfer();
    for (const name of names) data.items.add(new File([`what is in ${name}`], name, { type: 'text/plain' }));
    for (const text of texts) data.setData('text/plain', text);
    const options = { bubbles: true, cancelable: true };
    const event =
      how === 'drop'
        ? new DragEvent('drop', { ...options, dataTransfer: data })
        : new ClipboardEvent('paste', { ...options, clipboardData: data });
    document.querySelector('.composer textarea')?.dispatchEvent(event);
  }, given);
}

async function choose(files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Attach files' }).click()]);
  await chooser.setFiles(files);
}

test('a chosen file goes up while its text is written, and arrives whole', async () => {
  const buffer = randomBytes(2_000_000);
  await choose([{ name: 'Отчёт & план.bin', mimeType: 'application/octet-stream', buffer }]);
  await composer(page).fill('the plan');
  await row('Отчёт & план.bin').and(page.locator('[data-status=done]')).waitFor();
  expect(await barriers(page)).toEqual([]);
  await composer(page).press('Enter');
  await onTheirWay().waitFor({ state: 'detached' });
  const card = sentFile('Отчёт & план.bin');
  const [download] = await Promise.all([page.waitForEvent('download'), card.click()]);
  expect((await readFile(await download.path())).equals(buffer)).toBe(true);
});

test('files without a text are sent, in their order; one that was removed is not', async () => {
  await give('drop', ['one.txt', 'two.txt', 'three.txt']);
  await page.getByRole('button', { name: 'Remove two.txt' }).click();
  await row('two.txt').waitFor({ state: 'detached' });
  await send();
  await sentFile('three.txt').waitFor();
  expect(await sentFile('two.txt').count()).toBe(0);
  expect(await onTheirWay().count()).toBe(0);
});

test('a pasted file is attached, the text of an office program is pasted', async () => {
  await give('paste', ['pasted.txt']);
  await row('pasted.txt').waitFor();
  await give('paste', ['picture of the text.png'], ['the text']);
  expect(await row('picture of the text.png').count()).toBe(0);
  await page.getByRole('button', { name: 'Remove pasted.txt' }).click();
});

test('a message that was written offline keeps its file over a reload, and goes with it', async () => {
  // What handles files has been read by then.
  await page.waitForLoadState('networkidle');
  await device.context.setOffline(true);
  await page.getByRole('status').getByText('You are offline').waitFor();
  await give('drop', ['offline.txt']);
  await row('offline.txt').waitFor();
  await composer(page).fill('written on the train');
  await send();
  await message(page, 'written on the train').getByRole('progressbar').waitFor();
  await device.context.setOffline(false);
  await message(page, 'written on the train').and(page.locator('article:not([data-state])')).waitFor();
  await sentFile('offline.txt').waitFor();
});

test('a file that is on its way goes on after a reload', async () => {
  // The server answers nothing of this upload until the page is read again.
  await page.route('**/api/v1/media/uploads**', () => undefined);
  await give('drop', ['kept.txt']);
  await row('kept.txt').waitFor();
  await page.unroute('**/api/v1/media/uploads**');
  await page.reload();
  await row('kept.txt').and(page.locator('[data-status=done]')).waitFor();
  await composer(page).fill('after a reload');
  await send();
  await sentFile('kept.txt').waitFor();
});

test('a file that is too large says so, and holds its message until it is removed', async () => {
  const limit = async (maxFileBytes: number) => (await team.owner).api.ok('PATCH', '/admin/settings', { maxFileBytes });
  await limit(1_000);
  await choose([{ name: 'large.bin', mimeType: 'application/octet-stream', buffer: randomBytes(5_000) }]);
  await row('large.bin').getByText('This file is larger than the server allows.').waitFor();
  await composer(page).fill('too large');
  await send();
  await page.locator('.toast').filter({ hasText: '“large.bin” could not be uploaded.' }).waitFor();
  await page.getByRole('button', { name: 'Remove large.bin' }).click();
  await send();
  await message(page, 'too large').and(page.locator('article:not([data-state])')).waitFor();
  await limit(2 * 2 ** 30);
});

test('a voice message is recorded, can be listened to, and is sent as sound', async () => {
  await device.context.grantPermissions(['microphone']);
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  await page.getByRole('timer').filter({ hasText: '0:01' }).waitFor();
  await page.getByRole('button', { name: 'Finish and listen' }).click();
  const voice = row('Voice message');
  await voice.and(page.locator('[data-status=done]')).waitFor();
  const sound = voice.locator('audio');
  await sound.evaluate(async (element: HTMLAudioElement) => element.play());
  expect(await sound.evaluate((element: HTMLAudioElement) => element.error)).toBeNull();
  await send();
  await onTheirWay().waitFor({ state: 'detached' });
  await page
    .getByRole('log')
    .getByRole('button', { name: /^Listen to Voice message/ })
    .click();
  const played = page.getByRole('log').locator('audio');
  await played.waitFor({ state: 'attached' });
  expect(await played.evaluate((element: HTMLAudioElement) => element.error)).toBeNull();
});

test('a recording that is discarded leaves nothing', async () => {
  await device.context.grantPermissions(['microphone']);
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  await page.getByRole('button', { name: 'Discard the recording' }).click();
  await page.getByRole('button', { name: 'Record a voice message' }).waitFor();
  expect(await onTheirWay().count()).toBe(0);
});
