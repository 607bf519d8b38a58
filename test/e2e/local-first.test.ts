import { jest } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { listEntry, message, openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { type Actor, Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let device: BrowserDevice;
let page: Page;
let ana: Actor;
let boris: Actor;
let id: string;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  [ana, boris] = await team.actors('ana', 'boris');
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

beforeEach(async () => {
  ({ id } = await boris.opens('group', [ana], { name: 'Attic' }));
  await boris.posts(id, 'to be edited');
  await boris.posts(id, 'to be read');
  device = await BrowserDevice.open(browser, server.url);
  ({ page } = device);
  await signIn(page, 'ana');
  await openConversation(page, 'Attic');
  await message(page, 'to be read').waitFor();
  await keptPages(page, 1);
});

afterEach(async () => {
  expect(device.faults).toEqual([]);
  await boris.api.ok('DELETE', `/conversations/${id}`);
  await device.close();
});

/** Waits until the browser keeps so many pages of conversations. */
const keptPages = (of: Page, count: number): Promise<void> =>
  eventually(async () => {
    const kept = await of.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const opening = indexedDB.open('confab-local');
          opening.onerror = () => reject(new Error('no database'));
          opening.onsuccess = () => {
            const { result } = opening;
            const counting = result.transaction('pages').objectStore('pages').count();
            counting.onsuccess = () => {
              resolve(counting.result);
              result.close();
            };
          };
        }),
    );
    expect(kept).toBe(count);
  });

/** The page is loaded anew by a server that does not answer it until it is let. */
async function reloadBeforeAnswers(): Promise<() => Promise<void>> {
  const routes: Route[] = [];
  let isHeld = true;
  await page.route('**/api/**', (route) => (isHeld ? void routes.push(route) : route.continue()));
  await page.reload();
  return async () => {
    isHeld = false;
    await Promise.all(routes.map((route) => route.continue()));
  };
}

test('the list and the messages are there before the server has answered, and then as it has them', async () => {
  const { items } = await boris.api.ok<{ items: { id: string }[] }>('GET', `/conversations/${id}/messages`);
  const letGo = await reloadBeforeAnswers();
  await message(page, 'to be edited').waitFor();
  await listEntry(page, 'Attic').waitFor();
  await boris.api.ok('PATCH', `/messages/${items[0]?.id ?? ''}`, { text: 'corrected since' });
  await boris.posts(id, 'came since');
  await letGo();
  await message(page, 'corrected since').waitFor();
  await message(page, 'came since').waitFor();
  expect(await message(page, 'to be edited').count()).toBe(0);
  // What came while nobody looked is marked as new, though older messages were shown first.
  await page.getByRole('separator').filter({ hasText: 'New' }).waitFor();
});

test('a conversation that one was removed from is gone as soon as the server says so', async () => {
  const letGo = await reloadBeforeAnswers();
  await message(page, 'to be read').waitFor();
  await boris.api.ok('DELETE', `/conversations/${id}/members/${ana.id}`);
  await letGo();
  await page.getByText('to be read').waitFor({ state: 'detached' });
  await eventually(async () => {
    expect(await listEntry(page, 'Attic').count()).toBe(0);
  });
  await keptPages(page, 0);
});

test('nothing of a person stays in the browser after a sign-out, and the next one sees nothing of them', async () => {
  await page.getByRole('button', { name: /status and settings/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await keptPages(page, 0);
  const letGo = await reloadBeforeAnswers();
  await page.getByText('Connecting…').waitFor();
  expect(await page.getByText('to be read').count()).toBe(0);
  await letGo();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
});
