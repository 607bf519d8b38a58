import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Api } from '../harness/api.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { composer, message, openConversation, setUpTeam, write } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { password } from '../harness/team.ts';
import { wholeAnswer } from '../harness/whole-answer.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let ana: { readonly token: string; readonly id: string };
const devices: BrowserDevice[] = [];

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase({ CONFAB_REGISTRATION: 'open' });
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const device = await openDevice();
  await setUpTeam(device.page, `${server.url}/setup#${await server.setupToken()}`, 'Weavers', { name: 'Ana López', username: 'ana' });
  await openConversation(device.page, 'general');
  await write(device.page, 'The zeppelin leaves at nine');
  // A device that is closed before takes it along.
  await message(device.page, 'The zeppelin').and(device.page.locator('article:not([data-state])')).waitFor();
  await device.close();
  const api = new Api(server.url);
  const { accessToken, user } = await api.ok<{ accessToken: string; user: { id: string } }>('POST', '/auth/login', {
    login: 'ana',
    password,
  });
  ana = { token: accessToken, id: user.id };
  const boris = { email: 'boris@example.org', username: 'boris', displayName: 'Boris Volkov', password };
  await api.ok('POST', '/auth/register', boris);
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

async function openDevice(): Promise<BrowserDevice> {
  const device = await BrowserDevice.open(browser, server.url);
  devices.push(device);
  return device;
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.getByLabel('E-mail or username').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
}

async function search(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+Shift+F');
  await page.getByRole('searchbox', { name: 'Search messages' }).fill(words);
}

const searchBox = (page: Page) => page.getByRole('searchbox', { name: 'Search messages' });
const results = (page: Page) => page.getByRole('list', { name: 'Search results' });

test('a search of one person is not there for the next', async () => {
  const { page } = await openDevice();
  await page.goto('/');
  await signIn(page, 'ana');
  await search(page, 'zeppelin');
  await results(page).getByText('zeppelin').waitFor();
  await page.getByRole('button', { name: /status and settings/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await signIn(page, 'boris');
  await page.keyboard.press('Control+Shift+F');
  await searchBox(page).waitFor();
  expect(await searchBox(page).inputValue()).toBe('');
  expect(await results(page).count()).toBe(0);
});

test('a draft is not there for the person who comes after an admin ended the session, and is for its writer', async () => {
  const { page } = await openDevice();
  await page.goto('/');
  await signIn(page, 'ana');
  await openConversation(page, 'general');
  await composer(page).fill('what Ana thinks of Boris');
  await new Api(server.url, ana.token).ok('POST', `/admin/users/${ana.id}/logout`, {});
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await signIn(page, 'boris');
  await openConversation(page, 'general');
  expect(await composer(page).inputValue()).toBe('');
  await page.getByRole('button', { name: /status and settings/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await signIn(page, 'ana');
  await openConversation(page, 'general');
  expect(await composer(page).inputValue()).toBe('what Ana thinks of Boris');
});

test('a tab becomes the person’s whom another tab signed in, says so, and shows nothing of the former', async () => {
  const device = await openDevice();
  const [first, second] = [device.page, await device.context.newPage()];
  await Promise.all([first.goto('/'), second.goto('/')]);
  await second.getByLabel('E-mail or username').waitFor();
  await signIn(first, 'ana');
  await openConversation(first, 'general');
  await composer(first).fill('a secret of Ana');
  await search(first, 'zeppelin');
  await signIn(second, 'boris');
  await first.getByText('You are signed in as Boris Volkov now').waitFor();
  expect(await results(first).count()).toBe(0);
  expect(await searchBox(first).count()).toBe(0);
  await openConversation(first, 'general');
  expect(await composer(first).inputValue()).toBe('');
  await first.getByRole('button', { name: 'Got it' }).click();
  await first.getByText('You are signed in as Boris Volkov now').waitFor({ state: 'detached' });
});

test('results of a search lose what is deleted and show what is edited', async () => {
  const { page } = await openDevice();
  await page.goto('/');
  await signIn(page, 'boris');
  await openConversation(page, 'general');
  for (const text of ['a submarine dives', 'a submarine sinks']) await write(page, text);
  await search(page, 'submarine');
  await results(page).getByText('submarine dives').waitFor();
  const api = new Api(server.url);
  const { accessToken } = await api.ok<{ accessToken: string }>('POST', '/auth/login', { login: 'boris', password });
  const boris = new Api(server.url, accessToken);
  const [newest, older] = (
    await wholeAnswer(() => boris.ok<{ items: { id: string }[]; isPartial?: boolean }>('GET', '/search/messages?q=submarine'))
  ).items;
  await boris.ok('PATCH', `/messages/${newest?.id ?? ''}`, { text: 'nothing to see' });
  await results(page).getByText('nothing to see').waitFor();
  await boris.ok('DELETE', `/messages/${older?.id ?? ''}`);
  await results(page).getByText('submarine').waitFor({ state: 'detached' });
});

test('no page had a fault of its own', () => {
  expect(devices.flatMap(({ faults }) => faults)).toEqual([]);
});
