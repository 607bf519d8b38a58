import { jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { composer, message, openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { type Actor, Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let device: BrowserDevice;
let page: Page;
let lunchId: string;
let ana: Actor;
let chloe: Actor;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [boris, gail] = [await team.actor('boris'), await team.guest('gail')];
  ana = await team.actor('ana');
  chloe = await team.actor('chloe');
  ({ id: lunchId } = await ana.opens('group', [boris, chloe, gail]));
  const question = await boris.posts(lunchId, 'zeppelins, anyone?');
  await (await ana.device()).send(lunchId, 'ask @boris about it');
  await ana.api.ok('POST', `/conversations/${lunchId}/messages`, {
    clientMessageId: crypto.randomUUID(),
    text: 'an answer to it',
    replyTo: question.id,
  });
  await boris.api.ok('PUT', `/messages/${question.id}/reactions/${encodeURIComponent('👍')}`, {});
  await chloe.posts(lunchId, 'written by chloe');
  await boris.api.ok('DELETE', `/conversations/${lunchId}/members/${boris.id}`);
  device = await BrowserDevice.open(browser, server.url);
  page = device.page;
  await signIn(page, 'gail');
  await openConversation(page, 'Lunch');
});

afterAll(async () => {
  for (const actor of [ana, chloe]) actor.leaves();
  await device.close();
  await browser.close();
  await server.remove();
});

const question = (): Locator => message(page, 'zeppelins, anyone?').first();

describe('somebody who left all that a guest shares with them', () => {
  test('is a former member as the author of a message, of a quoted one, of a reaction and in a mention', async () => {
    await question().locator('.message-sender').filter({ hasText: 'Former member' }).waitFor();
    expect(await question().getAttribute('aria-label')).toContain('Former member, ');
    await question().getByRole('button', { name: '👍 1: Former member' }).waitFor();
    await message(page, 'an answer to it').locator('.message-quote strong').filter({ hasText: 'Former member' }).waitFor();
    await message(page, 'about it').locator('.mention').filter({ hasText: '@Former member' }).waitFor();
    expect(await page.getByText('…', { exact: true }).count()).toBe(0);
  });

  test('is one in the results of a search and above an answer', async () => {
    await question().hover();
    await question().getByRole('button', { name: 'Reply' }).click();
    await page.getByText('Reply to Former member:').waitFor();
    await composer(page).press('Escape');
    await page.getByRole('button', { name: 'Search messages' }).first().click();
    await page.getByRole('searchbox', { name: 'Search messages' }).fill('zeppelins');
    await page.getByRole('list', { name: 'Search results' }).getByText('Former member').waitFor();
    await page.keyboard.press('Escape');
  });

  test('has a card that says so', async () => {
    await question().locator('.message-sender').click();
    await page.getByRole('dialog', { name: 'Former member' }).getByText('You no longer share a conversation.').waitFor();
    await page.keyboard.press('Escape');
  });

  test('becomes one while the guest looks, and has a name again once they are back', async () => {
    const sender = message(page, 'written by chloe').locator('.message-sender');
    await sender.filter({ hasText: 'chloe' }).waitFor();
    await chloe.api.ok('DELETE', `/conversations/${lunchId}/members/${chloe.id}`);
    await sender.filter({ hasText: 'Former member' }).waitFor();
    await ana.api.ok('POST', `/conversations/${lunchId}/members`, { userIds: [chloe.id] });
    await sender.filter({ hasText: 'chloe' }).waitFor();
    await chloe.api.ok('DELETE', `/conversations/${lunchId}/members/${chloe.id}`);
    await sender.filter({ hasText: 'Former member' }).waitFor();
    expect(device.faults).toEqual([]);
  });

  test('is one in Russian too, in the list of a phone', async () => {
    const phone = await BrowserDevice.open(browser, server.url, { width: 390, height: 844, locale: 'ru-RU', touch: true });
    await phone.page.goto('/sign-in');
    await phone.page.getByLabel('Почта или имя').or(phone.page.locator('input[autocomplete=username]')).first().fill('gail');
    await phone.page.locator('input[type=password]').fill('correct horse battery 9');
    await phone.page.locator('button[type=submit]').click();
    await phone.page.getByRole('link', { name: /Lunch/ }).getByText('Бывший участник: written by chloe').waitFor();
    await phone.close();
  });
});
