import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { budgets } from '../../src/gateway/limits.ts';
import { Api } from '../harness/api.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { composer, openConversation, setUpTeam, write } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Actor, password, type Session } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
const servers: ServerProcess[] = [];
const devices: BrowserDevice[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([serve({ CONFAB_RATE_LIMITS: 'default' }), openBrowser()]);
});

// A page that stays open shows what later tests write, and takes the time of theirs.
afterEach(() => Promise.all(devices.splice(0).map((device) => device.close())));

afterAll(async () => {
  await browser.close();
  for (const one of servers) await one.remove();
});

async function serve(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const one = await ServerProcess.createOnTestDatabase(env);
  servers.push(one);
  await one.start();
  return one;
}

async function open(url = server.url): Promise<Page> {
  const device = await BrowserDevice.open(browser, url);
  devices.push(device);
  return device.page;
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel('E-mail or username').fill('ana');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
}

test('the page that waits for its owner takes the token, and the set-up says every fault at once', async () => {
  const page = await open();
  await page.goto('/');
  await page.getByLabel('Set-up link or token').fill(`setup: ${server.url}/setup#${await server.setupToken()}`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Team name').fill('Weavers');
  await page.getByLabel('Your name').fill('Анна Щукина');
  expect(await page.getByLabel('Username').inputValue()).toBe('anna.shchukina');
  await page.getByLabel('E-mail').fill('anna');
  await page.getByLabel('Password', { exact: true }).fill('password1');
  await page.getByRole('button', { name: 'Create the team' }).click();
  await page.getByText('Enter an e-mail address').waitFor();
  await page.getByText('This password is too easy to guess').waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('autocomplete') === 'email');
  await setUpTeam(page, `${server.url}/setup#${await server.setupToken()}`, 'Weavers', { name: 'Ana López', username: 'ana' });
});

test('a page under another address says where the server is, at once and after a sign-in', async () => {
  const elsewhere = await serve({ CONFAB_PUBLIC_URL: 'http://chat.example.org' });
  const page = await open(elsewhere.url);
  await page.goto('/');
  await page.getByText('This server is reached at http://chat.example.org').waitFor();
  expect(await page.getByRole('link', { name: 'Open http://chat.example.org' }).getAttribute('href')).toBe('http://chat.example.org');
  expect(elsewhere.output).toContain('CONFAB_PUBLIC_URL');
});

test('a browser that blocks storage and cookies gets the page with a notice', async () => {
  const page = await open();
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, { get: refuse });
    Object.defineProperty(navigator.locks, 'request', { value: () => Promise.reject(new DOMException('denied', 'SecurityError')) });
    Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false });
  });
  await page.goto('/');
  await page.getByText('Your browser blocks cookies here').waitFor();
  await signIn(page);
  await openConversation(page, 'general');
  await write(page, 'without storage');
  await page.getByText('without storage').first().waitFor();
});

test('an invite that cannot be looked at now is not called bad', async () => {
  const page = await open();
  const problem = { type: 'about:blank', title: 'x', status: 429, code: 'rate_limited', detail: 'x', requestId: 'r', retryAfter: 42 };
  await page.route('**/api/v1/invites/*', (route) =>
    route.fulfill({ status: 429, contentType: 'application/problem+json', json: problem }),
  );
  await page.goto('/invite/some-code');
  await page.getByRole('heading', { name: 'The invite could not be checked' }).waitFor();
  await page.getByText('Try again in 42 seconds').waitFor();
});

test('a server that is frozen is said to be silent within five seconds, and no more once it goes on', async () => {
  const page = await open();
  await signIn(page);
  await openConversation(page, 'general');
  await composer(page).waitFor();
  process.kill(server.serverPid ?? 0, 'SIGSTOP');
  try {
    await write(page, 'into the silence');
    const at = Date.now();
    await page.getByText('The server does not answer.').waitFor();
    expect(Date.now() - at).toBeLessThan(6_000);
  } finally {
    process.kill(server.serverPid ?? 0, 'SIGCONT');
  }
  await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
});

test('messages written faster than the server takes them say why and how long they wait', async () => {
  const page = await open();
  await signIn(page);
  await openConversation(page, 'general');
  // A page types too slowly for the budget where the machine is busy; another device of the same person takes most of it.
  const generalId = new URL(page.url()).pathname.split('/')[2] ?? '';
  const session = await new Api(server.url).ok<Session>('POST', '/auth/login', { login: 'ana', password });
  const device = await new Actor('ana', session, [server.url]).device();
  const most = Array.from({ length: budgets.message.points - 5 }, (_unused, n) => device.send(generalId, `elsewhere ${String(n)}`));
  await Promise.all(most);
  for (let n = 0; n < 8; n++) await write(page, `fast ${String(n)}`);
  await page.getByText(/You write faster than the server takes messages/).waitFor();
  await page.getByText(/Next one in \d+ second/).waitFor();
  device.close();
});
