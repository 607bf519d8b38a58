import { jest } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import type { User } from '../../src/contracts/auth/accounts.ts';
import { heic, noise } from '../../src/modules/media/adapters/previews/pictures.fixture.ts';
import { barriers, sidewaysScroll } from '../harness/accessible.ts';
import { setsAvatar } from '../harness/avatars.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { message, openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { type Actor, Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let ana: Actor;
let boris: Actor;
let device: BrowserDevice;
let page: Page;
let conversationId: string;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  [ana, boris] = (await team.actors('ana', 'boris')) as [Actor, Actor];
  conversationId = (await ana.opens('group', [boris])).id;
  await boris.posts(conversationId, 'hello from boris');
  await ana.posts(conversationId, 'hello from ana');
  device = await BrowserDevice.open(browser, server.url);
  page = device.page;
  await signIn(page, 'ana');
  await openConversation(page, 'Lunch');
});

afterAll(async () => {
  expect(device.faults).toEqual([]);
  await device.close();
  await browser.close();
  await server.remove();
});

const shown = (place: Locator): Locator => place.locator('img.avatar-picture');
const settings = () => page.getByRole('dialog', { name: 'Settings' });

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}

const loaded = (picture: Locator): Promise<void> =>
  eventually(async () => expect(await picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)).toBe(true));

const avatarOf = async ({ api, id }: Actor): Promise<string | null> => (await api.ok<User>('GET', `/users/${id}`)).avatarUrl;

async function openSettings(): Promise<void> {
  await page.getByRole('button', { name: /status and settings/ }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await settings().waitFor();
}

const choose = async (dialog: Locator, file: { name: string; mimeType: string; buffer: Buffer }) =>
  dialog.locator('input[type=file]').setInputFiles(file);

test('a picture of another person is shown at once wherever the person is, and moves nothing', async () => {
  const row = message(page, 'hello from boris');
  const before = await row.boundingBox();
  await setsAvatar(boris, await noise(200, 200));
  await loaded(shown(row));
  expect(await row.boundingBox()).toEqual(before);
  await row.locator('.message-gutter [data-person]').click();
  await loaded(shown(page.getByRole('dialog', { name: 'boris' })));
  await page.keyboard.press('Escape');
});

test('a person chooses a picture, and the part of it by keys and zoom', async () => {
  await openSettings();
  await choose(settings(), { name: 'me.jpg', mimeType: 'image/jpeg', buffer: await noise(900, 600) });
  const stage = settings().getByRole('button', { name: /^Part of the picture/ });
  await loaded(stage.locator('img'));
  await stage.focus();
  await page.keyboard.press('ArrowRight');
  await settings().getByRole('slider', { name: 'Zoom' }).fill('40');
  expect(await barriers(page)).toEqual([]);
  await shot('avatar-cut');
  const asked = page.waitForRequest((request) => request.method() === 'POST' && request.url().includes('/avatars'));
  await settings().getByRole('button', { name: 'Use this picture' }).click();
  const part = new URL((await asked).url()).searchParams;
  expect(Number(part.get('edge'))).toBeLessThan(600);
  expect(Number(part.get('x'))).toBeGreaterThan(150);
  await loaded(shown(settings()));
  await shot('avatar-settings');
  expect(await avatarOf(ana)).not.toBeNull();
  await page.keyboard.press('Escape');
  await loaded(shown(message(page, 'hello from ana')));
});

test('a picture that the browser cannot show is taken by its middle, and what is none is refused in words', async () => {
  await openSettings();
  const before = await avatarOf(ana);
  await choose(settings(), { name: 'phone.heic', mimeType: 'image/heic', buffer: Buffer.from(heic) });
  await settings().getByText('This browser cannot show the picture').waitFor();
  await settings().getByRole('button', { name: 'Use this picture' }).click();
  await loaded(shown(settings()));
  await eventually(async () => expect(await avatarOf(ana)).not.toBe(before));
  await choose(settings(), { name: 'fake.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await settings().getByRole('button', { name: 'Use this picture' }).click();
  await settings().getByText('This is no picture that can be read.').waitFor();
  await settings().getByRole('button', { name: 'Cancel' }).click();
  await settings().getByRole('button', { name: 'Remove picture' }).click();
  await shown(settings()).waitFor({ state: 'detached' });
  expect(await avatarOf(ana)).toBeNull();
  await page.keyboard.press('Escape');
});

test('a conversation has a picture in its settings, in the list and in its header', async () => {
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await page.getByRole('menuitem', { name: 'Conversation settings' }).click();
  const dialog = page.getByRole('dialog');
  await choose(dialog, { name: 'lunch.png', mimeType: 'image/png', buffer: await noise(300, 200) });
  await loaded(dialog.getByRole('button', { name: /^Part of the picture/ }).locator('img'));
  await dialog.getByRole('button', { name: 'Use this picture' }).click();
  await loaded(shown(dialog));
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await loaded(shown(page.getByRole('main').locator('.pane-header')));
  await loaded(shown(page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name: /Lunch/ })));
  await shot('avatar-conversation');
});

test('on a phone the picture is cut by touch, without a scroll to the side', async () => {
  const phone = await BrowserDevice.open(browser, server.url, { width: 390, height: 844, touch: true });
  page = phone.page;
  await signIn(page, 'ana');
  await openSettings();
  await choose(settings(), { name: 'me.jpg', mimeType: 'image/jpeg', buffer: await noise(900, 600) });
  const stage = settings().getByRole('button', { name: /^Part of the picture/ });
  await loaded(stage.locator('img'));
  const box = await stage.boundingBox();
  const before = await stage.locator('img').getAttribute('style');
  await page.mouse.move(box!.x + 120, box!.y + 120);
  await page.mouse.down();
  await page.mouse.move(box!.x + 60, box!.y + 120, { steps: 4 });
  await page.mouse.up();
  expect(await stage.locator('img').getAttribute('style')).not.toBe(before);
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await shot('avatar-phone');
  expect(phone.faults).toEqual([]);
  await phone.close();
});
