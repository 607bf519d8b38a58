import { jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { barriers, sidewaysScroll } from '../harness/accessible.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { message, openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { type Actor, Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let conversationId: string;
let oldestId: string;
let ana: Actor;
let boris: Actor;
const devices: BrowserDevice[] = [];

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  [ana, boris] = (await team.actors('ana', 'boris')) as [Actor, Actor];
  conversationId = (await ana.opens('group', [boris])).id;
  oldestId = (await boris.posts(conversationId, 'The key is under the mat.')).id;
  for (let n = 1; n <= 60; n++) await ana.posts(conversationId, `lunch ${String(n)}`);
});

afterAll(async () => {
  expect(devices.flatMap(({ faults }) => faults)).toEqual([]);
  await Promise.all(devices.map((device) => device.close()));
  await browser.close();
  await server.remove();
});

async function enter(username: string, screen: Parameters<typeof BrowserDevice.open>[2] = {}): Promise<Page> {
  const device = await BrowserDevice.open(browser, server.url, screen);
  devices.push(device);
  await signIn(device.page, username);
  await openConversation(device.page, 'Lunch');
  return device.page;
}

const panelOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Pinned messages' });
const pinned = (page: Page, text: string): Locator => panelOf(page).getByRole('listitem').filter({ hasText: text });

async function choose(page: Page, text: string, item: string): Promise<void> {
  await message(page, text).hover();
  await message(page, text).getByRole('button', { name: 'Message menu' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('a message is pinned for everyone, listed, and found by a click; who pins it sees it at once', async () => {
  const [page, other] = [await enter('ana'), await enter('boris')];
  await other.keyboard.press('Alt+Shift+P');
  await panelOf(other).getByText('Nothing is pinned yet').waitFor();
  await choose(page, 'lunch 60', 'Pin');
  await message(page, 'lunch 60').getByText('Pinned').waitFor({ state: 'attached' });
  await pinned(other, 'lunch 60').waitFor();
  await message(other, 'lunch 60').getByText('Pinned').waitFor({ state: 'attached' });
  await eventually(() => expect(new URL(other.url()).searchParams.get('panel')).toBe('pins'));
  expect(await barriers(other)).toEqual([]);
  await boris.api.ok('PUT', `/messages/${oldestId}/pin`);
  await pinned(other, 'The key is under the mat.').getByRole('button', { name: /boris/ }).click();
  await message(other, 'The key is under the mat.').waitFor();
  await other.reload();
  await pinned(other, 'lunch 60').waitFor();
});

test('the panel unpins, and a deleted message leaves it', async () => {
  const page = await enter('ana');
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await page.getByRole('menuitem', { name: 'Pinned messages' }).click();
  await pinned(page, 'lunch 60').getByRole('button', { name: 'Unpin' }).click();
  await pinned(page, 'lunch 60').waitFor({ state: 'detached' });
  const { id } = await ana.posts(conversationId, 'pinned for a moment');
  await ana.api.ok('PUT', `/messages/${id}/pin`);
  await pinned(page, 'pinned for a moment').waitFor();
  await ana.api.ok('DELETE', `/messages/${id}`);
  await pinned(page, 'pinned for a moment').waitFor({ state: 'detached' });
});

test('the 101st pin is refused in words, and the message is shown as it is', async () => {
  const other = (await boris.opens('channel', [ana], { name: 'Notes' })).id;
  for (let n = 0; n < 101; n++) {
    const { id } = await boris.posts(other, `note ${String(n)}`);
    if (n < 100) await boris.api.ok('PUT', `/messages/${id}/pin`);
  }
  const page = await enter('boris', { width: 390, height: 844 });
  await page.goto(`/c/${other}`);
  await message(page, 'note 100').focus();
  await page.keyboard.press('p');
  await page.getByText('At most 100 messages of a conversation can be pinned').waitFor();
  await message(page, 'note 100').getByText('Pinned').waitFor({ state: 'detached' });
  await page.goto(`/c/${other}?panel=pins`);
  await pinned(page, 'note 99').waitFor();
  await page.getByRole('button', { name: 'Show more' }).click();
  await pinned(page, 'note 0').first().waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await barriers(page)).toEqual([]);
});
