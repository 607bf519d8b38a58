import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { composer, message, openConversation, signIn, write } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let device: BrowserDevice;
let page: Page;
let visit = 0;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  await ana.opens('group', [boris]);
  await team.leaves();
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

beforeEach(async () => {
  device = await BrowserDevice.open(browser, server.url);
  ({ page } = device);
  visit++;
  await signIn(page, 'ana');
  await openConversation(page, 'Lunch');
});

afterEach(() => device.close());

const editField = () => page.getByRole('textbox', { name: 'Edit message' });
const unsentOne = (text: string) => message(page, text).and(page.locator('article[data-state]'));
const sentOne = (text: string) => message(page, text).and(page.locator('article:not([data-state])'));

test('a text that is too long says how much has to go, and Enter says why it does not send', async () => {
  await composer(page).fill('x'.repeat(16_500));
  await page.getByRole('status').filter({ hasText: '500 characters too many' }).waitFor();
  await composer(page).press('Enter');
  await page.locator('.toast').filter({ hasText: '500 characters too many' }).waitFor();
  expect((await composer(page).inputValue()).length).toBe(16_500);
  await composer(page).fill('x'.repeat(15_990));
  await page.getByRole('status').filter({ hasText: '10 characters left' }).waitFor();
});

test('after a long paste the box shows the end of the text, where the caret is', async () => {
  await composer(page).focus();
  await page.keyboard.insertText('a line of text\n'.repeat(200));
  const below = () => composer(page).evaluate((area) => area.scrollHeight - area.clientHeight - area.scrollTop);
  await eventually(async () => {
    expect(await below()).toBeLessThan(24);
  });
});

test('undo takes an emoji and a mention back, and then what was typed before', async () => {
  await composer(page).pressSequentially('one ');
  await page.getByRole('button', { name: 'Insert an emoji' }).click();
  await page.locator('.emoji-grid button').first().click();
  expect(await composer(page).inputValue()).toBe('one 👍');
  await composer(page).press('Control+z');
  expect(await composer(page).inputValue()).toBe('one ');
  await composer(page).pressSequentially('@bor');
  await page.getByRole('listbox', { name: 'People to mention' }).waitFor();
  await composer(page).press('Enter');
  expect(await composer(page).inputValue()).toBe('one @boris ');
  await composer(page).press('Control+z');
  expect(await composer(page).inputValue()).toBe('one @bor');
});

test('the spaces before the first line are sent, blank lines around the text are not', async () => {
  const text = `    if visit == ${String(visit)}:\n        go()`;
  await write(page, `\n\n${text}\n\n`);
  await sentOne('go()').last().waitFor();
  expect(
    await sentOne('go()')
      .last()
      .locator('.rich')
      .evaluate((rich) => rich.textContent),
  ).toContain(`    if visit == ${String(visit)}:`);
});

test('Ctrl+Enter sends on a device with a screen keyboard', async () => {
  const phone = await BrowserDevice.open(browser, server.url, { width: 820, height: 1180 });
  await phone.page.addInitScript(() => {
    const ask = window.matchMedia.bind(window);
    window.matchMedia = (query) => (query.includes('pointer: coarse') ? ask('all') : ask(query));
  });
  await signIn(phone.page, 'boris');
  await openConversation(phone.page, 'Lunch');
  await composer(phone.page).fill('from a tablet');
  await composer(phone.page).press('Enter');
  expect(await composer(phone.page).inputValue()).toBe('from a tablet\n');
  await composer(phone.page).press('Control+Enter');
  await message(page, 'from a tablet').waitFor();
  await phone.close();
});

describe('arrow up', () => {
  test('takes the newest message back while it waits to be sent, and edits nothing older', async () => {
    await write(page, `older ${String(visit)}`);
    await sentOne(`older ${String(visit)}`).waitFor();
    await device.context.setOffline(true);
    await page.getByRole('status').getByText('You are offline').waitFor();
    await write(page, 'written offline');
    await unsentOne('written offline').waitFor();
    await composer(page).press('ArrowUp');
    expect(await composer(page).inputValue()).toBe('written offline');
    expect(await editField().count()).toBe(0);
    expect(await message(page, 'written offline').count()).toBe(0);
    await device.context.setOffline(false);
  });

  test('edits the newest message once everything is sent', async () => {
    await write(page, `newest ${String(visit)}`);
    await sentOne(`newest ${String(visit)}`).waitFor();
    await composer(page).press('ArrowUp');
    expect(await editField().inputValue()).toBe(`newest ${String(visit)}`);
  });
});

test('“Seen” does not stand below a message that is not sent', async () => {
  const boris = await BrowserDevice.open(browser, server.url);
  await signIn(boris.page, 'boris');
  await openConversation(boris.page, 'Lunch');
  await write(page, `read this ${String(visit)}`);
  await page.getByText('Seen by boris').waitFor();
  await device.context.setOffline(true);
  await write(page, 'not sent yet');
  await unsentOne('not sent yet').waitFor();
  expect(await page.getByText('Seen by').count()).toBe(0);
  await device.context.setOffline(false);
  await boris.close();
});
