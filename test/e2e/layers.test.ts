import { jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { composer, listEntry, message, openConversation, signIn } from '../harness/pages.ts';
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
  const lunch = await ana.opens('group', [boris, await team.owner]);
  for (let n = 1; n <= 30; n++) await ana.posts(lunch.id, `lunch ${String(n)}`);
  const direct = await ana.opens('direct', [boris]);
  await boris.posts(direct.id, 'hello from boris');
  await team.leaves();
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

const back = () => page.evaluate(() => history.back());
const members = () => page.getByRole('complementary', { name: 'Members' });
const settings = () => page.getByRole('dialog', { name: 'Settings' });
/** On a phone they are in the menu of the conversation. */
async function openMembers(): Promise<void> {
  await composer(page).waitFor();
  const button = page.getByRole('button', { name: /members: show/ });
  if (await button.isVisible()) return button.click();
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await page.getByRole('menuitem', { name: 'Members' }).click();
}

/** How far a box stands out of the window, in pixels; 0 when it is all on the screen. */
async function outside(box: Locator): Promise<number> {
  const at = await box.boundingBox();
  const seen = page.viewportSize();
  if (!at || !seen) return Number.NaN;
  return Math.max(0, -at.x, -at.y, at.x + at.width - seen.width, at.y + at.height - seen.height);
}

const expectInside = (box: Locator): Promise<void> =>
  eventually(async () => {
    expect(await outside(box)).toBe(0);
  });

describe.each([
  { name: 'a phone', screen: { width: 390, height: 844, touch: true } },
  { name: 'a desktop', screen: {} },
])('on $name', ({ screen }) => {
  beforeAll(async () => {
    device = await BrowserDevice.open(browser, server.url, screen);
    page = device.page;
    await signIn(page, 'ana');
  });
  afterAll(() => device.close());

  test('Back closes the members, then leaves the conversation; another conversation shows its messages', async () => {
    await openConversation(page, 'Lunch');
    await openMembers();
    await members().waitFor();
    await back();
    await members().waitFor({ state: 'detached' });
    await composer(page).waitFor();
    await openMembers();
    await members().waitFor();
    await back();
    await back();
    await listEntry(page, 'boris').click();
    await message(page, 'hello from boris').waitFor();
    expect(await members().count()).toBe(0);
    await back();
    await message(page, 'hello from boris').waitFor({ state: 'detached' });
  });

  test('Back closes a dialog and stays on the screen below', async () => {
    await openConversation(page, 'Lunch');
    await page.getByRole('button', { name: 'Conversation menu' }).click();
    await page.getByRole('menuitem', { name: 'Leave' }).click();
    const dialog = page.getByRole('dialog', { name: /Leave/ });
    await dialog.waitFor();
    await back();
    await dialog.waitFor({ state: 'detached' });
    await composer(page).waitFor();
  });

  test('Back closes a menu, and the focus returns to its button', async () => {
    const button = page.getByRole('button', { name: 'Conversation menu' });
    await button.click();
    await page.getByRole('menu').waitFor();
    await back();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('a menu begins at its first item, and arrows and letters move in it', async () => {
    const button = page.getByRole('button', { name: 'Conversation menu' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    const items = page.getByRole('menuitem');
    const chosen = () => items.evaluateAll((all) => all.findIndex((item) => item === document.activeElement));
    await eventually(async () => expect(await chosen()).toBe(0));
    await page.keyboard.press('ArrowUp');
    await eventually(async () => expect(await chosen()).toBe((await items.count()) - 1));
    await page.keyboard.press('m');
    await eventually(async () => expect(await items.nth(await chosen()).textContent()).toMatch(/^M/));
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await eventually(async () => expect(await button.evaluate((element) => element === document.activeElement)).toBe(true));
  });

  test('an item of a menu that sends the caret to the composer keeps it there', async () => {
    const last = message(page, 'lunch 30');
    await last.hover();
    await last.getByRole('button', { name: 'Message menu' }).click();
    await page.getByRole('menuitem', { name: 'Reply' }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    if (screen.touch !== true)
      await eventually(async () => expect(await composer(page).evaluate((element) => element === document.activeElement)).toBe(true));
    await page
      .getByRole('button', { name: /Cancel/ })
      .first()
      .click();
  });

  test('a dialog opened and closed ten times leaves no dead entries: one Back leaves the conversation', async () => {
    await page.goto('/');
    await openConversation(page, 'Lunch');
    for (let round = 0; round < 10; round++) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('combobox').waitFor({ state: 'detached' });
      await openMembers();
      await members().getByRole('button', { name: 'Close' }).click();
      await members().waitFor({ state: 'detached' });
    }
    await back();
    await page.waitForURL(`${server.url}/`);
  });

  test('a reload over a dialog comes back to the conversation, and Back leaves it', async () => {
    await openConversation(page, 'Lunch');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.reload();
    await composer(page).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await back();
    await page.waitForURL(`${server.url}/`);
  });

  test('Back and Escape close a list of options and leave its dialog; an option that is chosen shows', async () => {
    await page.goto('/?dialog=status');
    const dialog = page.getByRole('dialog', { name: 'Set a status' });
    const field = dialog.getByRole('combobox', { name: 'Status' });
    const list = page.getByRole('listbox');
    for (const close of [back, () => page.keyboard.press('Escape')]) {
      await field.click();
      await list.waitFor();
      await expectInside(list);
      await close();
      await list.waitFor({ state: 'detached' });
      expect(await dialog.isVisible()).toBe(true);
    }
    await field.click();
    await page.getByRole('option', { name: 'Away' }).click();
    await list.waitFor({ state: 'detached' });
    expect(await field.textContent()).toBe('Away');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('a reload over a dialog of its own address opens it again, and Back closes it', async () => {
    await openConversation(page, 'Lunch');
    await page.keyboard.press('Control+/');
    const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await shortcuts.waitFor();
    expect(new URL(page.url()).search).toBe('?dialog=shortcuts');
    await page.reload();
    await shortcuts.waitFor();
    await back();
    await shortcuts.waitFor({ state: 'detached' });
    await composer(page).waitFor();
    await back();
    await page.waitForURL(`${server.url}/`);
  });

  test('a reload over a search finds what was searched for', async () => {
    await openConversation(page, 'Lunch');
    await page.keyboard.press('Control+Shift+F');
    const field = page.getByRole('searchbox', { name: 'Search messages' });
    await field.fill('lunch');
    await page.waitForURL(/\?panel=search&q=lunch$/);
    await page.reload();
    await field.waitFor();
    await eventually(async () => expect(await field.inputValue()).toBe('lunch'));
    await page.getByRole('list', { name: 'Search results' }).getByText('lunch').first().waitFor();
    await field.fill('');
    await page.getByRole('complementary', { name: 'Search messages' }).getByRole('button', { name: 'Close' }).click();
    await composer(page).waitFor();
    await page.goto('/');
  });

  test('a choice in the palette leaves the palette out of the history', async () => {
    await openConversation(page, 'Lunch');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('boris');
    await page.keyboard.press('Enter');
    await message(page, 'hello from boris').waitFor();
    await back();
    await message(page, 'lunch 30').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('the emoji picker stays on the screen while that shrinks, and asks for no keyboard by itself', async () => {
    await page.getByRole('button', { name: 'Insert an emoji' }).click();
    const picker = page.getByRole('dialog', { name: 'Choose an emoji' });
    await picker.waitFor();
    const field = picker.getByRole('searchbox');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(screen.touch !== true);
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    await page.setViewportSize({ width, height: 420 });
    await field.focus();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await expectInside(picker);
    await expectInside(field);
    await page.setViewportSize({ width: 320, height: 420 });
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await expectInside(picker);
    await page.setViewportSize({ width, height });
    await page.keyboard.press('Escape');
    await settings().waitFor({ state: 'detached' });
  });

  test('the page had no fault of its own', () => {
    expect(device.faults).toEqual([]);
  });
});

describe('a menu opened by a right click', () => {
  beforeAll(async () => {
    device = await BrowserDevice.open(browser, server.url);
    page = device.page;
    await signIn(page, 'ana');
    await openConversation(page, 'Lunch');
  });
  afterAll(() => device.close());

  test('on a message begins at the pointer', async () => {
    const box = await message(page, 'lunch 20').boundingBox();
    const at = { x: (box?.x ?? 0) + 300, y: (box?.y ?? 0) + 5 };
    await page.mouse.click(at.x, at.y, { button: 'right' });
    const menu = await page.locator('.menu').boundingBox();
    expect(Math.abs((menu?.x ?? 0) - at.x)).toBeLessThanOrEqual(2);
    expect(Math.abs((menu?.y ?? 0) - at.y)).toBeLessThanOrEqual(2);
    await page.keyboard.press('Escape');
  });

  test('in the last corner stays in the window, also when that becomes smaller', async () => {
    const box = await message(page, 'lunch 30').boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - 4, (box?.y ?? 0) + 4, { button: 'right' });
    await expectInside(page.locator('.menu'));
    await page.setViewportSize({ width: 900, height: 500 });
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await expectInside(page.locator('.menu'));
    await page.keyboard.press('Escape');
  });
});

describe('tooltips', () => {
  beforeAll(async () => {
    device = await BrowserDevice.open(browser, server.url);
    page = device.page;
    await signIn(page, 'ana');
    await openConversation(page, 'Lunch');
  });
  afterAll(() => device.close());

  const tip = () => page.locator('.tip');
  const button = () => page.getByRole('button', { name: 'Search messages' }).last();

  test('a mouse that rests on a button shows its name and its key, until it leaves', async () => {
    await button().hover();
    await tip().waitFor();
    expect(await tip().textContent()).toBe('Search messagesCtrl+Shift+F');
    await expectInside(tip());
    await composer(page).hover();
    await tip().waitFor({ state: 'detached' });
  });

  test('a key that moves the focus to a button shows it; the next key puts it away', async () => {
    await button().focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await tip().waitFor();
    await page.keyboard.press('Escape');
    await tip().waitFor({ state: 'detached' });
    await composer(page).waitFor();
  });

  test('the strict policy of the server has nothing against them', () => {
    expect(device.faults).toEqual([]);
  });
});
