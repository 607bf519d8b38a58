import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriers, sidewaysScroll } from '../harness/accessible.ts';
import { BrowserDevice, openBrowser, type Screen } from '../harness/browser.ts';
import { listEntry, message, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { password, Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  const { id } = await ana.opens('group', [boris, await team.owner]);
  await ana.posts(id, 'A message with *bold*, `code` and a link: https://example.org/a/rather/long/path');
  await boris.posts(id, '> A message\nАга, понятно 👍');
  await team.leaves();
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

const screens: readonly (Screen & { name: string; signIn: string })[] = [
  { name: 'desktop, light, English', width: 1440, height: 900, locale: 'en-GB', colorScheme: 'light', signIn: 'Sign in' },
  { name: 'phone, dark, Russian', width: 390, height: 844, locale: 'ru-RU', colorScheme: 'dark', signIn: 'Войти' },
  { name: 'phone, light, English', width: 390, height: 844, locale: 'en-GB', colorScheme: 'light', signIn: 'Sign in' },
  { name: 'desktop, dark, Russian', width: 1440, height: 900, locale: 'ru-RU', colorScheme: 'dark', signIn: 'Войти' },
];

describe.each(screens)('on a screen: $name', ({ signIn, ...screen }) => {
  let device: BrowserDevice;
  beforeAll(async () => {
    device = await BrowserDevice.open(browser, server.url, screen);
  });
  afterAll(() => device.close());

  test('the entrance can be used by everyone', async () => {
    await device.page.goto('/sign-in');
    await device.page.getByRole('button', { name: signIn }).waitFor();
    await expectAccessible(device.page);
    await expectNoSidewaysScroll(device.page);
  });

  test('the chat can be used by everyone', async () => {
    const { page } = device;
    await page.getByRole('textbox').first().fill('olga');
    await page.locator('input[type=password]').fill(password);
    await page.getByRole('button', { name: signIn }).click();
    await page.locator('a', { hasText: 'Lunch' }).click();
    await page.getByText('Ага, понятно').last().waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });

  test('the admin console can be used by everyone', async () => {
    await device.page.goto('/admin/users');
    await device.page.getByText('boris', { exact: true }).first().waitFor();
    await expectAccessible(device.page);
    await device.page.goto('/admin');
    await device.page.locator('h2, h3').first().waitFor();
    await expectAccessible(device.page);
    await expectNoSidewaysScroll(device.page);
    expect(device.faults).toEqual([]);
  });
});

test('a person goes round the chat by keyboard alone', async () => {
  const device = await BrowserDevice.open(browser, server.url);
  const { page } = device;
  await page.goto('/sign-in');
  await page.getByLabel('Username').or(page.getByRole('textbox')).first().waitFor();
  await page.keyboard.type('boris');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await listEntry(page, 'Lunch').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Lunch');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: /^Message / }).waitFor();
  await page.keyboard.type('by keyboard');
  await page.keyboard.press('Enter');
  await message(page, 'by keyboard').and(page.locator('article:not([data-state])')).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('textbox', { name: 'Edit message' }).waitFor();
  await page.keyboard.press('End');
  await page.keyboard.type(' alone');
  await page.keyboard.press('Enter');
  await message(page, 'by keyboard alone').getByText('(edited)').waitFor();
  await device.close();
});

test('what is typed while the command palette is still read goes into it, not to the page', async () => {
  const device = await BrowserDevice.open(browser, server.url);
  const { page } = device;
  let letThrough = (): void => undefined;
  const isTyped = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route('**/assets/dialog-views-*.js', async (route) => {
    await isTyped;
    await route.continue();
  });
  await signIn(page, 'boris');
  await listEntry(page, 'Lunch').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Lumch');
  for (const key of ['Backspace', 'Backspace', 'Backspace', 'n', 'c', 'h', 'Enter']) await page.keyboard.press(key);
  letThrough();
  await page.getByRole('textbox', { name: 'Message Lunch' }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(device.faults).toEqual([]);
  await device.close();
});

test('a role with power is given after a question, and the audit log says so in words', async () => {
  const device = await BrowserDevice.open(browser, server.url);
  const { page } = device;
  await signIn(page, 'olga');
  await page.goto('/admin/users');
  const role = page.getByRole('combobox', { name: 'Role of boris' });
  const choose = async (name: string, answer: string) => {
    await role.click();
    await page.getByRole('option', { name }).click();
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).getByRole('button', { name: answer }).click();
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor({ state: 'detached' });
  };
  await choose('Owner', 'Cancel');
  await role.getByText('Member').waitFor();
  await choose('Admin', 'Make admin');
  await role.getByText('Admin').waitFor();
  await page.getByRole('link', { name: 'Audit log' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Role changed' });
  await row.getByText('boris · Admin').waitFor();
  await row.getByText(/^By olga, from /).waitFor();
  await expectAccessible(page);
  await device.close();
});

async function expectAccessible(page: Page): Promise<void> {
  expect(await barriers(page)).toEqual([]);
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
}
