import { jest } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { barriers } from '../harness/accessible.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { noise } from '../../src/modules/media/adapters/previews/pictures.fixture.ts';
import { eventually } from '../harness/eventually.ts';
import { uploads } from '../harness/files.ts';
import { openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

const name = 'Отчёт & план <1>.bin';
const content = randomBytes(300_000);
let server: ServerProcess;
let browser: Browser;
let device: BrowserDevice;
let remove: () => Promise<unknown>;
let sendPictures: () => Promise<unknown>;
let sendPhoto: () => Promise<unknown>;

beforeAll(async () => {
  server = await ServerProcess.create();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  const lunch = await ana.opens('group', [boris]);
  const file = await uploads(boris, content, { name });
  const { id } = await boris.api.ok<{ id: string }>('POST', `/conversations/${lunch.id}/messages`, {
    clientMessageId: randomUUID(),
    text: '',
    attachmentIds: [file.id],
  });
  sendPictures = async () => {
    const pictures = await Promise.all([noise(900, 600), noise(300, 200)]);
    const sent = await Promise.all(
      pictures.map((bytes, index) => uploads(boris, bytes, { name: `${String(index)}.jpg`, type: 'image/jpeg' })),
    );
    const ids = sent.map((one) => one.id);
    await boris.api.ok('POST', `/conversations/${lunch.id}/messages`, { clientMessageId: randomUUID(), text: '', attachmentIds: ids });
  };
  sendPhoto = async () => {
    const { id: photo } = await uploads(boris, await noise(3_000, 2_000), { name: 'photo.jpg', type: 'image/jpeg' });
    await boris.api.ok('POST', `/conversations/${lunch.id}/messages`, { clientMessageId: randomUUID(), text: '', attachmentIds: [photo] });
  };
  remove = () => boris.api.ok('DELETE', `/messages/${id}`);
  device = await BrowserDevice.open(browser, server.url);
  await signIn(device.page, 'ana');
});

afterAll(async () => {
  expect(device.faults).toEqual([]);
  await device.close();
  await browser.close();
  await server.remove();
});

test('a file of a message is named, and downloads whole under its name', async () => {
  const { page } = device;
  await openConversation(page, 'Lunch');
  const card = page.getByRole('button', { name: `Download ${name}` });
  const [download] = await Promise.all([page.waitForEvent('download'), card.click()]);
  expect((await readFile(await download.path())).equals(content)).toBe(true);
  expect(download.suggestedFilename()).toContain('Отчёт & план');
  expect(await barriers(page)).toEqual([]);
});

test('a file whose message was deleted is said to be gone, and its card goes', async () => {
  const { page } = device;
  const card = page.getByRole('button', { name: `Download ${name}` });
  await card.waitFor();
  await remove();
  await card.waitFor({ state: 'detached' });
  await page.getByText('Message deleted').first().waitFor();
});

test('pictures are shown in their boxes, large over the page by a click, and with keys', async () => {
  const { page } = device;
  await sendPictures();
  const first = page.getByRole('button', { name: 'Show 0.jpg' });
  await first.locator('img').waitFor();
  expect(await first.boundingBox()).toMatchObject({ width: 160, height: 160 });
  expect(await barriers(page)).toEqual([]);
  await first.click();
  const large = page.getByRole('dialog');
  await large.getByRole('img', { name: '0.jpg' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await large.getByRole('img', { name: '1.jpg' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  const [download] = await Promise.all([page.waitForEvent('download'), large.getByRole('button', { name: 'Download' }).click()]);
  expect(download.suggestedFilename()).toBe('1.jpg');
  await page.keyboard.press('Escape');
  await large.waitFor({ state: 'detached' });
  await first.click();
  await large.waitFor();
  await page.goBack();
  await large.waitFor({ state: 'detached' });
});

test('whoever zooms into a large photo sees the original', async () => {
  const { page } = device;
  await sendPhoto();
  const photo = page.getByRole('button', { name: 'Show photo.jpg' });
  await photo.locator('img').waitFor();
  await photo.click();
  const image = page.getByRole('dialog').getByRole('img', { name: 'photo.jpg' });
  const width = () => image.evaluate((element) => (element as HTMLImageElement).naturalWidth);
  await eventually(async () => expect(await width()).toBe(1_600));
  await image.click();
  await eventually(async () => expect(await width()).toBe(3_000));
  await page.keyboard.press('Escape');
});

test('in a narrow window a picture is smaller, and whole', async () => {
  const { page } = device;
  const photo = page.getByRole('button', { name: 'Show photo.jpg' });
  await page.setViewportSize({ width: 320, height: 640 });
  await eventually(async () => {
    const { width = 0, height = 0 } = (await photo.boundingBox()) ?? {};
    expect(width).toBeLessThan(300);
    expect(width / height).toBeCloseTo(3 / 2, 1);
  });
  await page.setViewportSize({ width: 1440, height: 900 });
});
