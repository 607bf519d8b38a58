import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { translator } from '../../web/src/shared/i18n/translate.ts';
import { Api } from '../harness/api.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { setUpTeam, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { account, password } from '../harness/team.ts';
import { loadAllTexts } from '../harness/texts.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
const devices: BrowserDevice[] = [];

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase({ CONFAB_REGISTRATION: 'open' });
  [browser] = await Promise.all([openBrowser(), server.start(), loadAllTexts()]);
  const page = await openPage();
  await setUpTeam(page, `${server.url}/setup#${await server.setupToken()}`, 'Weavers', { name: 'Ana López', username: 'ana' });
  for (const name of ['boris', 'cleo', 'dora']) await new Api(server.url).ok('POST', '/auth/register', account(name));
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

async function openPage(): Promise<Page> {
  const device = await BrowserDevice.open(browser, server.url);
  devices.push(device);
  return device.page;
}

async function openAppearance(page: Page): Promise<void> {
  await page.getByRole('button', { name: /status and settings/ }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Appearance' }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /status and settings/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail or username').waitFor();
}

/** By a form of the entrance in this language, whatever the page is in afterwards. */
async function enter(page: Page, { login, language }: { login: string; language: 'en' | 'ru' }): Promise<void> {
  const t = translator(language);
  await page.getByLabel(t('field.login')).fill(login);
  await page.getByLabel(t('field.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t('signIn.submit') }).click();
}

/** The page as it is drawn, for as long as it takes: `null` where the theme is the system's. */
const looks = (page: Page, theme: 'light' | 'dark' | null, lang: 'en' | 'ru') =>
  page.waitForFunction(
    (wanted) => (document.documentElement.dataset['theme'] ?? null) === wanted.theme && document.documentElement.lang === wanted.lang,
    { theme, lang },
  );

async function settingsOf(login: string): Promise<unknown> {
  const { accessToken } = await new Api(server.url).ok<{ accessToken: string }>('POST', '/auth/login', { login, password });
  const { settings } = await new Api(server.url, accessToken).ok('GET', '/me/settings');
  return settings;
}

test('theme and language that a person chooses on one device show on the other', async () => {
  const [phone, laptop] = [await openPage(), await openPage()];
  await Promise.all([signIn(phone, 'ana'), signIn(laptop, 'ana')]);
  await openAppearance(phone);
  await phone.getByRole('radio', { name: 'Dark' }).click();
  await Promise.all([looks(phone, 'dark', 'en'), looks(laptop, 'dark', 'en')]);
  await phone.getByRole('radio', { name: 'Русский' }).click();
  await Promise.all([looks(phone, 'dark', 'ru'), looks(laptop, 'dark', 'ru')]);
  await laptop.reload();
  await looks(laptop, 'dark', 'ru');
  await phone.getByRole('radio', { name: 'English' }).click();
  await looks(laptop, 'dark', 'en');
});

test('another person in the same browser does not inherit them, and their owner finds them again', async () => {
  const page = await openPage();
  await signIn(page, 'boris');
  await openAppearance(page);
  await page.getByRole('radio', { name: 'Dark' }).click();
  await looks(page, 'dark', 'en');
  await page.getByRole('button', { name: 'Close' }).click();
  await signOut(page);
  // The entrance stays as the device last showed the page.
  await looks(page, 'dark', 'en');
  await signIn(page, 'cleo');
  await looks(page, null, 'en');
  expect(await settingsOf('cleo')).toMatchObject({ 'appearance.theme': 'system', 'appearance.language': 'system' });
  await signOut(page);
  await signIn(page, 'boris');
  await looks(page, 'dark', 'en');
});

test('a language that a person chooses before the first sign-in becomes the one of their account', async () => {
  const page = await openPage();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Русский' }).click();
  await enter(page, { login: 'dora', language: 'ru' });
  await page.getByRole('navigation', { name: translator('ru')('sidebar.conversations') }).waitFor();
  await looks(page, null, 'ru');
  const other = await openPage();
  await other.goto('/sign-in');
  await enter(other, { login: 'dora', language: 'en' });
  await looks(other, null, 'ru');
});

test('a choice that was made without a connection is kept when the tab is closed, and sent by the next one', async () => {
  const page = await openPage();
  await signIn(page, 'cleo');
  await openAppearance(page);
  await page.context().setOffline(true);
  await page.getByRole('status').filter({ hasText: 'offline' }).waitFor();
  await page.getByRole('radio', { name: 'Light' }).click();
  await looks(page, 'light', 'en');
  const context = page.context();
  await page.close();
  await context.setOffline(false);
  const next = await context.newPage();
  await next.goto('/');
  await eventually(async () => expect(await settingsOf('cleo')).toMatchObject({ 'appearance.theme': 'light' }));
  await looks(next, 'light', 'en');
  const reverted = next.waitForResponse('**/api/v1/me/settings');
  await openAppearance(next);
  await next.getByRole('radio', { name: 'System' }).first().click();
  await reverted;
});

test('a change that the server refuses is taken back, and said', async () => {
  const page = await openPage();
  await signIn(page, 'cleo');
  await openAppearance(page);
  const problem = { type: 'about:blank', title: 'Too often', status: 429, code: 'rate_limited', detail: '', requestId: '', retryAfter: 7 };
  await page.route('**/api/v1/me/settings', (route) =>
    route.request().method() === 'PATCH'
      ? route.fulfill({ status: 429, contentType: 'application/problem+json', body: JSON.stringify(problem) })
      : route.continue(),
  );
  await page.getByRole('radio', { name: 'Dark' }).click();
  await page.getByText('Try again in 7 seconds').waitFor();
  await looks(page, null, 'en');
  expect(await page.getByRole('radio', { name: 'System' }).first().isChecked()).toBe(true);
});

test('no page had a fault of its own', () => {
  expect(devices.flatMap(({ faults }) => faults)).toEqual([]);
});
