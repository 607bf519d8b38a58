import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BrowserDevice, openBrowser, type Screen } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { composer, message, openConversation, signIn, timeline } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let device: BrowserDevice;
let page: Page;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  const { id } = await ana.opens('group', [boris], { name: 'A rather long name of a group' });
  const { id: messageId } = await boris.posts(id, 'first version');
  for (const text of ['second version', 'third version']) await boris.api.ok('PATCH', `/messages/${messageId}`, { text });
  const { id: other } = await ana.posts(id, 'before its edit');
  await ana.api.ok('PATCH', `/messages/${other}`, { text: 'after its edit' });
  for (const text of ['to be deleted', 'its neighbour', 'the last one']) await boris.posts(id, text);
  await team.leaves();
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

afterEach(() => device.close());

async function enter(username: string, screen: Screen = {}): Promise<void> {
  device = await BrowserDevice.open(browser, server.url, screen);
  ({ page } = device);
  await signIn(page, username);
}

async function read(username: string, screen: Screen = {}): Promise<void> {
  await enter(username, screen);
  await openConversation(page, 'rather long name');
  await message(page, 'the last one').waitFor();
}

const edits = () => page.getByRole('dialog', { name: 'Edit history' });
const focusedText = () => page.evaluate(() => document.activeElement?.textContent ?? '');

describe('the edit history of a message', () => {
  test.each([
    ['on a desktop', {}],
    ['on a phone', { width: 390, height: 844 }],
  ])('opens at “(edited)”: %s', async (_where, screen) => {
    await read('boris', screen);
    await message(page, 'third version').getByRole('button', { name: '(edited) Edit history' }).click();
    await edits().getByText('first version').waitFor();
    expect(await edits().locator('.edit-text').allInnerTexts()).toEqual(['third version', 'first version', 'second version']);
    await page.keyboard.press('Escape');
    await edits().waitFor({ state: 'detached' });
  });

  test('opens by the keyboard from the focused message', async () => {
    await read('boris');
    await message(page, 'third version').focus();
    await page.keyboard.press('h');
    await edits().getByText('second version').waitFor();
  });

  test('is not offered to those it is not for', async () => {
    await read('boris');
    const others = message(page, 'after its edit');
    await others.getByText('(edited)').waitFor();
    expect(await others.getByRole('button', { name: '(edited) Edit history' }).count()).toBe(0);
  });
});

test('the tools of a message stay while the pointer is on it, also after the focus went to the composer', async () => {
  await read('boris');
  const mine = message(page, 'third version');
  await mine.hover();
  await mine.getByRole('button', { name: 'Reply' }).click();
  await page.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement);
  await mine.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Edit message' }).waitFor();
  await page.mouse.move(0, 0);
  await mine.getByRole('button', { name: 'Edit', exact: true }).waitFor({ state: 'detached' });
});

/** Texts of the messages whose tools can be seen. */
const withTools = () =>
  timeline(page)
    .getByRole('article')
    .evaluateAll((rows) =>
      rows
        .filter((row) => getComputedStyle(row.querySelector('.message-tools') ?? row).opacity === '1')
        .map((row) => row.querySelector('.rich')?.textContent),
    );

test('the tools of one message show at a time: where the keys are, and where the pointer is once it moves', async () => {
  await read('boris');
  await message(page, 'to be deleted').hover();
  await eventually(async () => expect(await withTools()).toEqual(['to be deleted']));
  await timeline(page).focus();
  await page.keyboard.press('ArrowUp');
  await eventually(async () => expect(await withTools()).toEqual(['the last one']));
  await message(page, 'its neighbour').hover();
  await eventually(async () => expect(await withTools()).toEqual(['its neighbour']));
});

test('after a deletion the focus is on the neighbour', async () => {
  await read('boris');
  const doomed = message(page, 'to be deleted');
  await doomed.hover();
  await doomed.getByRole('button', { name: 'Message menu' }).click();
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await eventually(async () => {
    expect(await focusedText()).toContain('its neighbour');
  });
});

test('after the sign-in the focus is on the list, or in the composer of the open conversation', async () => {
  await enter('ana');
  await eventually(async () => {
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  });
  await openConversation(page, 'rather long name');
  await eventually(async () => {
    expect(await composer(page).evaluate((area) => area === document.activeElement)).toBe(true);
  });
});

test('copied messages hold name, time and text, and nothing that is hidden', async () => {
  await read('ana');
  await timeline(page).evaluate((log) => getSelection()?.selectAllChildren(log));
  const copied = await page.evaluate(() => getSelection()?.toString() ?? '');
  expect(copied).toMatch(/boris \d{1,2}:\d{2}\n+third version/);
  expect(copied).toMatch(/its neighbour\n+the last one/);
});

test('at 400 % zoom half of the window shows messages', async () => {
  await read('ana', { width: 360, height: 225 });
  const box = await timeline(page).boundingBox();
  expect(box?.height ?? 0).toBeGreaterThanOrEqual(225 / 2);
  await composer(page).fill('still usable');
  await composer(page).press('Enter');
  await message(page, 'still usable').waitFor();
});

test.each([390, 320])('on a phone of %i pixels the title has the room, and the menu holds the rest', async (width) => {
  await read('ana', { width, height: 844 });
  const title = await page.locator('.header-text').boundingBox();
  expect(title?.width ?? 0).toBeGreaterThanOrEqual(width - 190);
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await page.getByRole('menuitem', { name: /^Members/ }).waitFor();
  await page.getByRole('menuitem', { name: /^Search messages/ }).waitFor();
});
