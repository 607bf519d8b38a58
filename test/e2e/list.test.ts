import { jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { composer, listEntry, message, openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team, type Actor } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let device: BrowserDevice;
let page: Page;
let team: Team;
let ana: Actor;
let boris: Actor;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  team = await Team.create([server.url], server.dataDir);
  [ana, boris] = await team.actors('ana', 'boris');
  for (let n = 1; n <= 30; n++) {
    const name = `Team ${String(n).padStart(2, '0')}`;
    ids.set(name, (await ana.opens('group', [boris], { name })).id);
  }
  device = await BrowserDevice.open(browser, server.url);
  page = device.page;
  await signIn(page, 'ana');
  await listEntry(page, 'Team 30').waitFor();
});

afterAll(async () => {
  await device.close();
  await team.leaves();
  await browser.close();
  await server.remove();
});

const ids = new Map<string, string>();
const idOf = (title: string): string => ids.get(title) ?? '';
const list = () => page.getByRole('navigation', { name: 'Conversations' });
const section = (name: string): Locator => list().locator('section', { has: page.getByRole('button', { name }) });
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);

test('rows are one line of 30 to 34 px, and a long title stays in its row', async () => {
  const heights = await list()
    .getByRole('link')
    .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(30);
  expect(Math.max(...heights)).toBeLessThanOrEqual(34);
});

test('a message moves its conversation to the unread ones and no other; opened, it stays until another is opened', async () => {
  const titles = () => section('Direct messages').getByRole('link').allInnerTexts();
  const before = await titles();
  await boris.posts(idOf('Team 17'), 'look at this');
  await section('Unread')
    .getByRole('link', { name: /^Team 17/ })
    .waitFor();
  expect(await titles()).toEqual(before.filter((title) => title !== 'Team 17'));
  await section('Unread')
    .getByRole('link', { name: /^Team 17/ })
    .click();
  await message(page, 'look at this').waitFor();
  await section('Unread').getByText('1 unread message').waitFor({ state: 'detached' });
  await section('Unread')
    .getByRole('link', { name: /^Team 17/ })
    .waitFor();
  await openConversation(page, 'Team 01');
  await section('Unread').waitFor({ state: 'detached' });
  // The next test loads the page again: by then the server has to know what was read.
  await eventually(async () => {
    expect(await ana.api.ok('GET', `/conversations/${idOf('Team 17')}`)).toMatchObject({ unread: 0 });
  });
  expect(await titles()).toEqual(before);
});

test('a section folds up, stays so over a reload, and shows what is open and what is unread', async () => {
  await section('Direct messages').getByRole('button').first().click();
  expect(await section('Direct messages').getByRole('link').allInnerTexts()).toEqual(['Team 01']);
  await page.reload();
  await composer(page).waitFor();
  expect(await section('Direct messages').getByRole('link').count()).toBe(1);
  await boris.posts(idOf('Team 02'), 'unread in a folded section');
  await section('Unread')
    .getByRole('link', { name: /^Team 02/ })
    .waitFor();
  await section('Direct messages').getByRole('button').first().click();
  expect(await section('Direct messages').getByRole('link').count()).toBe(29);
});

test('Tab enters the list once, arrows move in it, F6 goes to the conversation', async () => {
  await page.getByRole('searchbox', { name: 'Find a conversation' }).focus();
  await page.keyboard.press('Tab');
  const first = await focused();
  await page.keyboard.press('End');
  expect(await focused()).toMatch(/^Team 30/);
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toMatch(/^Team 29/);
  await page.keyboard.press('Tab');
  expect(await list().evaluate((nav) => nav.contains(document.activeElement))).toBe(false);
  await page.keyboard.press('Shift+Tab');
  expect(await focused()).toMatch(/^Team 29/);
  await page.keyboard.press('F6');
  expect(await composer(page).evaluate((area) => area === document.activeElement)).toBe(true);
  await page.keyboard.press('Shift+F6');
  expect(await focused()).toMatch(/^Team 29/);
  expect(first).not.toMatch(/^Team 29/);
});

test('what a screen reader says of a row is its title, then what matters', async () => {
  await boris.posts(idOf('Team 03'), 'hello @ana');
  await list().getByRole('link', { name: 'Team 03, 1 mention, 1 unread message', exact: true }).waitFor();
});

test('unread conversations out of sight are counted, and a press goes to them', async () => {
  await page.setViewportSize({ width: 1440, height: 420 });
  await list().evaluate((nav) => nav.scrollTo(0, nav.scrollHeight));
  const pill = page.getByRole('button', { name: /more unread/ });
  await pill.click();
  await pill.waitFor({ state: 'detached' });
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('a right click on a row opens its menu at the pointer; a key opens it beside the row', async () => {
  const row = listEntry(page, 'Team 20');
  await row.scrollIntoViewIfNeeded();
  const box = (await row.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.click(box.x + 60, box.y + 10, { button: 'right' });
  const at = (await page.locator('.menu').boundingBox()) ?? { x: 0, y: 0 };
  expect(Math.abs(at.x - box.x - 60)).toBeLessThanOrEqual(2);
  await page.getByRole('menuitem', { name: 'Mute' }).click();
  await page.getByRole('link', { name: 'Team 20, muted' }).waitFor();
});

test('arrows go from the words of a search through its results and back', async () => {
  await page.keyboard.press('Control+Shift+F');
  const words = page.getByRole('searchbox', { name: 'Search messages' });
  await words.fill('hello');
  const result = page.getByRole('list', { name: 'Search results' }).getByRole('button').first();
  await result.waitFor();
  await words.press('ArrowDown');
  expect(await result.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowUp');
  expect(await words.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('results of a search stay within their panel, however long a name is', async () => {
  const vera = await team.actor('vera');
  await vera.api.ok('PATCH', '/users/me', { displayName: 'W'.repeat(80) });
  const name = 'Ж'.repeat(80);
  const { id } = await ana.opens('group', [vera], { name });
  await vera.posts(id, `wide ${'x'.repeat(300)}`);
  await page.getByRole('searchbox', { name: 'Search messages' }).fill('wide');
  const panel = page.getByRole('complementary', { name: 'Search messages' });
  await panel.getByText(name).waitFor();
  for (const width of [1440, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await panel.evaluate((aside) => {
      const { right } = aside.getBoundingClientRect();
      return [...aside.querySelectorAll('*:not(.visually-hidden)')].filter((part) => part.getBoundingClientRect().right > right + 1).length;
    });
    expect(over).toBe(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('the page had no fault of its own', () => {
  expect(device.faults).toEqual([]);
});
