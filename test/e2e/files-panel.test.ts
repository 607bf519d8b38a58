import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { noise } from '../../src/modules/media/adapters/previews/pictures.fixture.ts';
import type { Message } from '../../src/contracts/chat/messages.ts';
import { barriers, sidewaysScroll } from '../harness/accessible.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { uploads } from '../harness/files.ts';
import { composer, openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { type Actor, password, Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let conversationId: string;
let boris: Actor;
let report: Message;
const devices: BrowserDevice[] = [];

async function sends(actor: Actor, ...files: { name: string; type?: string; bytes?: Uint8Array }[]): Promise<Message> {
  const sent = await Promise.all(files.map(({ bytes, ...file }) => uploads(actor, bytes ?? `content of ${file.name}`, file)));
  return actor.api.ok('POST', `/conversations/${conversationId}/messages`, {
    clientMessageId: randomUUID(),
    text: '',
    attachmentIds: sent.map(({ id }) => id),
  });
}

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, ben] = await team.actors('ana', 'boris');
  boris = ben;
  conversationId = (await ana.opens('group', [boris])).id;
  report = await sends(boris, { name: 'Отчёт & план.pdf', type: 'application/pdf' });
  for (let n = 1; n <= 40; n++) await ana.posts(conversationId, `lunch ${String(n)}`);
  const [first, second] = await Promise.all([noise(900, 600), noise(300, 200)]);
  await sends(boris, { name: 'first.jpg', type: 'image/jpeg', bytes: first }, { name: 'second.jpg', type: 'image/jpeg', bytes: second });
  await sends(ana, { name: 'minutes.txt' });
});

afterAll(async () => {
  expect(devices.flatMap(({ faults }) => faults)).toEqual([]);
  await Promise.all(devices.map((device) => device.close()));
  await browser.close();
  await server.remove();
});

async function enter(screen: Parameters<typeof BrowserDevice.open>[2] = {}): Promise<Page> {
  const device = await BrowserDevice.open(browser, server.url, screen);
  devices.push(device);
  await signIn(device.page, 'ana');
  await openConversation(device.page, 'Lunch');
  return device.page;
}

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}

const panelOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Files' });
const named = (panel: Locator, name: string): Locator => panel.getByRole('button', { name: new RegExp(`^(Show|Download) ${name}$`) });

async function choose(page: Page, list: string, option: string): Promise<void> {
  await panelOf(page).getByRole('combobox', { name: list }).click();
  await page.getByRole('option', { name: option }).click();
  await page.getByRole('option').first().waitFor({ state: 'detached' });
}

test('the panel lists the files of a conversation, pictures in a grid, and is in the address', async () => {
  const page = await enter();
  await page.keyboard.press('Alt+Shift+F');
  const panel = panelOf(page);
  await named(panel, 'first.jpg').locator('img').waitFor();
  await named(panel, 'Отчёт & план.pdf').waitFor();
  await named(panel, 'minutes.txt').waitFor();
  await eventually(() => expect(new URL(page.url()).searchParams.get('panel')).toBe('files'));
  expect(await barriers(page)).toEqual([]);
  await shot(page, 'files-panel');
  await page.reload();
  await named(panel, 'first.jpg').locator('img').waitFor();
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  await panel.waitFor({ state: 'detached' });
});

test('a picture opens large among all that are listed, another file downloads', async () => {
  const page = await enter();
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  const panel = panelOf(page);
  await named(panel, 'first.jpg').click();
  const large = page.getByRole('dialog');
  await large.getByRole('img', { name: 'first.jpg' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await large.getByRole('img', { name: 'second.jpg' }).waitFor();
  await page.keyboard.press('Escape');
  await large.waitFor({ state: 'detached' });
  const [download] = await Promise.all([page.waitForEvent('download'), named(panel, 'minutes.txt').click()]);
  expect(download.suggestedFilename()).toBe('minutes.txt');
});

test('kind and person narrow the list, and nothing left is said', async () => {
  const page = await enter();
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  const panel = panelOf(page);
  await named(panel, 'minutes.txt').waitFor();
  await choose(page, 'Kind', 'Other files');
  await named(panel, 'first.jpg').waitFor({ state: 'detached' });
  await named(panel, 'Отчёт & план.pdf').waitFor();
  await choose(page, 'Sent by', 'ana');
  await named(panel, 'Отчёт & план.pdf').waitFor({ state: 'detached' });
  await named(panel, 'minutes.txt').waitFor();
  await choose(page, 'Kind', 'Videos');
  await panel.getByText('No such files').waitFor();
  expect(await barriers(page)).toEqual([]);
});

test('a file that is sent comes to the list, and one whose message is deleted goes', async () => {
  const page = await enter();
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  const panel = panelOf(page);
  await named(panel, 'minutes.txt').waitFor();
  const sent = await sends(boris, { name: 'late.zip', type: 'application/zip' });
  await named(panel, 'late.zip').waitFor();
  await boris.api.ok('DELETE', `/messages/${sent.id}`);
  await named(panel, 'late.zip').waitFor({ state: 'detached' });
  await page.setInputFiles('input[type=file]', { name: 'own.txt', mimeType: 'text/plain', buffer: Buffer.from('own') });
  await page.getByRole('button', { name: 'Remove own.txt' }).waitFor();
  await composer(page).press('Enter');
  await named(panel, 'own.txt').waitFor();
});

test('a file leads to its message', async () => {
  const page = await enter();
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  await panelOf(page).getByRole('button', { name: 'Show Отчёт & план.pdf in conversation' }).click();
  await page.getByRole('log').getByRole('button', { name: 'Download Отчёт & план.pdf' }).waitFor();
  await eventually(() => expect(new URL(page.url()).pathname).toBe(`/c/${conversationId}/${String(report.seq)}`));
});

test('on a phone the panel takes the screen, in Russian too, and a file leads back to its message', async () => {
  const page = await enter({ width: 390, height: 844, touch: true });
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await page.getByRole('menuitem', { name: 'Files' }).click();
  const panel = panelOf(page);
  await named(panel, 'first.jpg').locator('img').waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await shot(page, 'files-panel-phone');
  await page.getByRole('button', { name: 'Show minutes.txt in conversation' }).click();
  await page.getByRole('log').getByRole('button', { name: 'Download minutes.txt' }).waitFor();
  const russian = await BrowserDevice.open(browser, server.url, { width: 390, height: 844, locale: 'ru-RU', touch: true });
  devices.push(russian);
  await russian.page.goto(`${server.url}/sign-in`);
  await russian.page.getByRole('textbox').first().fill('boris');
  await russian.page.locator('input[type=password]').fill(password);
  await russian.page.keyboard.press('Enter');
  await russian.page.getByRole('navigation', { name: 'Беседы' }).waitFor();
  await russian.page.goto(`/c/${conversationId}?panel=files`);
  await russian.page
    .getByRole('complementary', { name: 'Файлы' })
    .getByRole('button', { name: 'Показать first.jpg', exact: true })
    .waitFor();
  expect(await sidewaysScroll(russian.page)).toBe(0);
  await shot(russian.page, 'files-panel-phone-ru');
});
