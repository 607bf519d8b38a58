import { jest } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { composer, listEntry, message, openConversation, signIn, timeline, write } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let device: BrowserDevice;
let page: Page;
let id: string;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  ({ id } = await ana.opens('group', [boris]));
  await boris.opens('group', [ana], { name: 'Attic' });
  for (let n = 1; n <= 130; n++) await boris.posts(id, `past ${String(n)}`);
  for (const text of ['mine to edit', 'mine to delete', 'mine to keep', 'mine to refuse']) await ana.posts(id, text);
  await boris.posts(id, 'to react to');
  await team.leaves();
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

beforeEach(async () => {
  device = await BrowserDevice.open(browser, server.url);
  ({ page } = device);
  await signIn(page, 'ana');
  await openConversation(page, 'Lunch');
  await message(page, 'to react to').waitFor();
});

afterEach(async () => {
  expect(device.faults).toEqual([]);
  await device.close();
});

/** Holds requests back, as a line does on which the answer is far, until they are let go. */
async function held(path: string, method: string): Promise<{ readonly routes: Route[]; letGo(): Promise<void> }> {
  const routes: Route[] = [];
  let isHeld = true;
  await page.route(path, (route) => (isHeld && route.request().method() === method ? void routes.push(route) : route.continue()));
  return {
    routes,
    letGo: async () => {
      isHeld = false;
      await Promise.all(routes.map((route) => route.continue()));
    },
  };
}

const asked = ({ routes }: { readonly routes: readonly Route[] }, count = 1): Promise<void> =>
  eventually(() => {
    expect(routes).toHaveLength(count);
  });

async function editTo(text: string, edited: string): Promise<void> {
  await message(page, text).hover();
  await message(page, text).getByRole('button', { name: 'Edit' }).click();
  const area = page.getByRole('textbox', { name: 'Edit message' });
  await area.fill(edited);
  await area.press('Enter');
}

test('an edit is shown at once, and edited once more from there', async () => {
  const patches = await held('**/api/v1/messages/*', 'PATCH');
  await editTo('mine to edit', 'mine edited');
  await message(page, 'mine edited').waitFor();
  await editTo('mine edited', 'mine edited twice');
  await message(page, 'mine edited twice').waitFor();
  const stored = page.waitForResponse((response) => response.request().postData()?.includes('mine edited twice') === true);
  await patches.letGo();
  await stored;
  await message(page, 'mine edited twice').getByText('(edited)').waitFor();
  await page.reload();
  await message(page, 'mine edited twice').waitFor();
});

test('an emoji pressed twice is taken back, however late the answers are', async () => {
  const target = message(page, 'to react to');
  const reactions = target.getByRole('group', { name: 'Reactions' });
  const puts = await held('**/reactions**', 'PUT');
  await target.hover();
  const press = () => target.getByRole('button', { name: 'React with 👍' }).click();
  await press();
  await reactions.getByRole('button', { pressed: true }).waitFor();
  await press();
  await reactions.waitFor({ state: 'detached' });
  const removed = page.waitForResponse((response) => response.request().method() === 'DELETE' && response.url().includes('/reactions/'));
  await puts.letGo();
  await removed;
  await page.reload();
  await message(page, 'to react to').waitFor();
  await eventually(async () => {
    expect(await reactions.count()).toBe(0);
  });
});

test('an edit that is refused late does not replace what is being written, and is there when the message is edited again', async () => {
  const patches = await held('**/api/v1/messages/*', 'PATCH');
  await editTo('mine to refuse', 'refused text');
  await asked(patches);
  await composer(page).fill('a new mess');
  const problem = { type: 'about:blank', title: 'x', status: 403, code: 'forbidden', detail: 'x', requestId: 'r' };
  await patches.routes[0]?.fulfill({ status: 403, contentType: 'application/problem+json', json: problem });
  await page.locator('.toast').filter({ hasText: 'The edit is kept' }).waitFor();
  await page.keyboard.type('age');
  expect(await composer(page).inputValue()).toBe('a new message');
  await message(page, 'mine to refuse').hover();
  await message(page, 'mine to refuse').getByRole('button', { name: 'Edit' }).click();
  expect(await page.getByRole('textbox', { name: 'Edit message' }).inputValue()).toBe('refused text');
});

describe('a dialog that was closed while its answer was under way', () => {
  test('does not take the person away from where they went', async () => {
    const posts = await held('**/api/v1/conversations', 'POST');
    await page.getByRole('button', { name: 'New conversation' }).first().click();
    for (const name of ['boris', 'olga']) await page.getByRole('checkbox', { name, exact: true }).check();
    await page.getByRole('button', { name: 'Create group' }).click();
    await asked(posts);
    await page.keyboard.press('Escape');
    await openConversation(page, 'general');
    await posts.letGo();
    await page
      .getByRole('navigation', { name: 'Conversations' })
      .getByRole('link', { name: /^ana, boris, olga/ })
      .waitFor();
    expect(await composer(page).getAttribute('aria-label')).toBe('Message general');
  });

  test('does not take the person away who asked for a conversation in the menu of a message', async () => {
    const posts = await held('**/api/v1/conversations', 'POST');
    await message(page, 'to react to').hover();
    await message(page, 'to react to').getByRole('button', { name: 'Message menu' }).click();
    await page.getByRole('menuitem', { name: /^Message/ }).click();
    await asked(posts);
    await openConversation(page, 'general');
    await posts.letGo();
    await listEntry(page, 'boris')
      .and(page.getByRole('link', { name: /^boris/ }))
      .waitFor();
    expect(await composer(page).getAttribute('aria-label')).toBe('Message general');
  });

  test('does not close the one that is open by then', async () => {
    const deletes = await held('**/api/v1/messages/*', 'DELETE');
    const doomed = message(page, 'mine to delete');
    await doomed.hover();
    await doomed.getByRole('button', { name: 'Message menu' }).click();
    await page.getByRole('menuitem', { name: /^Delete/ }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await asked(deletes);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await deletes.letGo();
    await doomed.waitFor({ state: 'detached' });
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
  });
});

test('a conversation that is left from its row in the list does not close the one that is open', async () => {
  await openConversation(page, 'general');
  await listEntry(page, 'Attic').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Leave/ }).click();
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await listEntry(page, 'Attic').waitFor({ state: 'detached' });
  expect(await composer(page).getAttribute('aria-label')).toBe('Message general');
});

test('a search does not say that nothing was found before the server was asked', async () => {
  await page.keyboard.press('Control+Shift+F');
  const words = page.getByRole('searchbox', { name: 'Search messages' });
  await words.fill('zeppelin');
  await page.getByText('Nothing found').waitFor();
  const searches = await held('**/api/v1/search/messages**', 'GET');
  await words.fill('react');
  expect(await page.getByText('Nothing found').count()).toBe(0);
  await asked(searches);
  expect(await page.getByText('Nothing found').count()).toBe(0);
  await searches.letGo();
  await page.getByRole('list', { name: 'Search results' }).getByText('react').first().waitFor();
});

test('what is written at an old place of the conversation is seen at once, also without a line', async () => {
  await page.goto(`/c/${id}/20`);
  await message(page, 'past 20').waitFor();
  await device.context.setOffline(true);
  await page.getByRole('status').getByText('You are offline').waitFor();
  await write(page, 'from an old place');
  const unsent = message(page, 'from an old place');
  await eventually(async () => {
    const { y = 0, height = 0 } = (await unsent.boundingBox()) ?? {};
    const frame = await timeline(page).boundingBox();
    expect(height).toBeGreaterThan(0);
    expect(y + height).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0) + 1);
  });
  await device.context.setOffline(false);
  await unsent.and(page.locator('article:not([data-state])')).waitFor({ timeout: 30_000 });
  expect(await unsent.count()).toBe(1);
});

test('a sign-out shows at once that it is on its way, and ends at the entrance', async () => {
  const line = await held('**/auth/logout', 'POST');
  await page.getByRole('button', { name: /status and settings/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await asked(line);
  await page.getByRole('status').getByText('Signing out…').waitFor();
  expect(await page.getByText('to react to').count()).toBe(0);
  await line.letGo();
  await page.getByLabel('E-mail or username').waitFor();
});

test('a sign-out that does not reach the server leaves its person where they were', async () => {
  await page.route('**/auth/logout', (route) => route.abort());
  await page.getByRole('button', { name: /status and settings/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('The server cannot be reached.').waitFor();
  await message(page, 'to react to').waitFor();
});
