import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { composer, listEntry, message, openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

const longName = 'Hubert Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren';
const phone = { width: 390, height: 844, touch: true };

let server: ServerProcess;
let browser: Browser;
let device: BrowserDevice;
let page: Page;

beforeAll(async () => {
  server = await ServerProcess.create();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, hubert] = await team.actors('ana', 'hubert');
  const owner = await team.owner;
  await hubert.api.ok('PATCH', '/users/me', { displayName: longName });
  const { id } = await ana.opens('group', [hubert, owner]);
  const { id: quoted } = await hubert.posts(id, 'to be answered');
  await ana.api.ok('POST', `/conversations/${id}/messages`, { text: 'an answer', replyTo: quoted, clientMessageId: randomUUID() });
  await ana.posts(
    id,
    '| Item with a long description of several words | Price in euros | Quantity |\n| - | -: | - |\n| Apples from the garden | 120,50 | 1200 |',
  );
  await ana.opens('direct', [hubert]);
  await owner.opens('channel', [ana], { name: 'workshop', topic: 'Everything about the machines, the wood and who has the key this week' });
  await team.leaves();
  device = await BrowserDevice.open(browser, server.url, phone);
  page = device.page;
});

afterAll(async () => {
  await device.close();
  await browser.close();
  await server.remove();
});

/** Texts within `part` that stand beyond its sides, unless they are scrolled or cut with an ellipsis. */
const beyond = (part: string): Promise<readonly string[]> =>
  page
    .locator(part)
    .first()
    .evaluate((frame) => {
      const { left, right } = frame.getBoundingClientRect();
      const isCut = (element: Element | null): boolean =>
        element !== null && element !== frame && (getComputedStyle(element).overflowX !== 'visible' || isCut(element.parentElement));
      const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        const box = range.getBoundingClientRect();
        if ((box.right > right + 1 || box.left < left - 1) && !isCut(walker.currentNode.parentElement)) found.push(range.toString());
      }
      return found;
    });

test('a name of one long word stays on a phone’s screen: beside a quote, at the start of a conversation and among chosen people', async () => {
  await signIn(page, 'ana');
  await openConversation(page, 'Lunch');
  await message(page, 'an answer').locator('.message-quote').waitFor();
  expect(await beyond('.timeline')).toEqual([]);
  await page.getByRole('button', { name: 'Back' }).click();
  await listEntry(page, 'Hubert').click();
  await page.getByText('This is the beginning of your conversation').waitFor();
  expect(await beyond('.timeline')).toEqual([]);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'New conversation' }).first().click();
  await page.getByRole('checkbox', { name: 'Hubert' }).check();
  const chip = page.getByRole('button', { name: /^Remove Hubert/ });
  expect((await chip.boundingBox())?.height).toBeLessThan(40);
  expect(await beyond('[role=dialog]')).toEqual([]);
  await page.keyboard.press('Escape');
});

test('a number in a table of messages is never broken in two', async () => {
  await openConversation(page, 'Lunch');
  const cell = page.getByRole('cell', { name: '120,50' });
  const lines = await cell.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getClientRects().length;
  });
  expect(lines).toBe(1);
});

test('the placeholder of the composer is cut with an ellipsis', async () => {
  await page.getByRole('button', { name: 'Back' }).click();
  await openConversation(page, 'Hubert');
  const { textOverflow, whiteSpace } = await composer(page).evaluate((element) => {
    const { textOverflow, whiteSpace } = getComputedStyle(element);
    return { textOverflow, whiteSpace };
  });
  expect({ textOverflow, whiteSpace }).toEqual({ textOverflow: 'ellipsis', whiteSpace: 'nowrap' });
});

test('the palette gives a name its room before the topic', async () => {
  await page.keyboard.press('Control+k');
  const name = page
    .getByRole('option', { name: /workshop/ })
    .locator('.ellipsis')
    .first();
  await name.waitFor();
  expect(await name.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  await page.keyboard.press('Escape');
});

test('the admin console on a phone shows which section is open, and that there are more', async () => {
  const owner = await BrowserDevice.open(browser, server.url, phone);
  await signIn(owner.page, 'olga');
  await owner.page.goto('/admin/dead-letters');
  const current = owner.page.getByRole('navigation', { name: 'Admin console' }).getByRole('link', { name: 'Failures and jobs' });
  await current.waitFor();
  expect(await current.getAttribute('aria-current')).toBe('page');
  const { right, width } = await current.evaluate((element) => ({ right: element.getBoundingClientRect().right, width: innerWidth }));
  expect(right).toBeLessThanOrEqual(width);
  expect(await owner.page.locator('.admin-nav').evaluate((nav) => getComputedStyle(nav).backgroundImage)).toContain('linear-gradient');
  await owner.close();
  expect(device.faults).toEqual([]);
});
