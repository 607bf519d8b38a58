import { jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
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
  const [ana, boris, gone] = await team.actors('ana', 'boris', 'gone');
  const owner = await team.owner;
  const lunch = await ana.opens('group', [boris, gone, owner]);
  await boris.posts(lunch.id, 'ask @ana, she knows');
  await ana.posts(lunch.id, 'or @boris');
  const direct = await ana.opens('direct', [gone]);
  await gone.posts(direct.id, 'my last words here');
  await owner.api.ok('POST', `/admin/users/${gone.id}/disable`, {});
  await team.leaves();
  device = await BrowserDevice.open(browser, server.url);
  page = device.page;
  await signIn(page, 'ana');
  await openConversation(page, 'Lunch');
});

afterAll(async () => {
  await device.close();
  await browser.close();
  await server.remove();
});

const card = (name: string): Locator => page.getByRole('dialog', { name, exact: true });
const first = () => message(page, 'ask');

describe('the card of a person', () => {
  test.each([
    ['the picture', () => first().locator('.message-gutter [data-person]')],
    ['the name', () => first().locator('.message-sender')],
    ['a mention', () => message(page, 'or @boris').locator('.mention')],
  ])('opens by a press on %s and closes by Escape', async (_, place) => {
    await place().click();
    await card('boris').getByText('@boris').waitFor();
    await page.keyboard.press('Escape');
    await card('boris').waitFor({ state: 'detached' });
  });

  test('opens by Enter on a mention, and Back closes it', async () => {
    await message(page, 'or @boris').locator('.mention').focus();
    await page.keyboard.press('Enter');
    await card('boris').waitFor();
    await page.evaluate(() => history.back());
    await card('boris').waitFor({ state: 'detached' });
    await composer(page).waitFor();
  });

  test('opens from the members, and leads to a direct conversation', async () => {
    await page.getByRole('button', { name: /members: show/ }).click();
    await page.getByRole('complementary', { name: 'Members' }).getByRole('button').filter({ hasText: '@boris' }).click();
    await card('boris').getByRole('button', { name: 'Message' }).click();
    await page.getByRole('textbox', { name: 'Message boris' }).waitFor();
    expect(await card('boris').count()).toBe(0);
  });

  test('opens from the title of a direct conversation; the title of a group opens its members', async () => {
    await page.getByRole('main').getByRole('heading', { name: 'boris' }).first().getByRole('button').click();
    await card('boris').waitFor();
    await page.keyboard.press('Escape');
    await openConversation(page, 'Lunch');
    await page.getByRole('main').getByRole('heading', { name: 'Lunch' }).first().getByRole('button').click();
    await page.getByRole('complementary', { name: 'Members' }).waitFor();
    await page.keyboard.press('Alt+m');
  });
});

describe('a closed account', () => {
  test('is marked in the list and among the members', async () => {
    await listEntry(page, 'gone, account closed').waitFor();
    await page.getByRole('button', { name: /members: show/ }).click();
    await page
      .getByRole('complementary', { name: 'Members' })
      .getByRole('listitem')
      .filter({ hasText: 'gone' })
      .getByText('account closed')
      .waitFor();
    await page.keyboard.press('Alt+m');
  });

  test('is not offered to mention, nor among people to add', async () => {
    await composer(page).pressSequentially('@');
    await page.getByRole('option', { name: /boris/ }).waitFor();
    expect(await page.getByRole('option', { name: /gone/ }).count()).toBe(0);
    await composer(page).fill('');
    await page.getByRole('button', { name: 'New conversation' }).first().click();
    await page.getByRole('checkbox', { name: 'boris' }).waitFor();
    expect(await page.getByRole('checkbox', { name: 'gone' }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  test('leaves its conversation readable, says so in the header, and takes no messages', async () => {
    await listEntry(page, 'gone').click();
    await message(page, 'my last words here').waitFor();
    await page.getByRole('main').locator('header').getByText('account closed').waitFor();
    await page.getByText('no answer will come').waitFor();
    expect(await composer(page).count()).toBe(0);
  });

  test('has a card that says so, without a way to write', async () => {
    await message(page, 'my last words here').locator('.message-sender').click();
    await card('gone').getByText('account closed').waitFor();
    expect(await card('gone').getByRole('button', { name: 'Message' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(device.faults).toEqual([]);
  });
});
