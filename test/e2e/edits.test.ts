import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
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
  const lunch = await ana.opens('group', [boris]);
  for (let n = 0; n < 60; n++) await boris.posts(lunch.id, `filler ${String(n)}`);
  await team.leaves();
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

beforeEach(async () => {
  visit++;
  device = await BrowserDevice.open(browser, server.url);
  ({ page } = device);
  await signIn(page, 'ana');
  await openConversation(page, 'Lunch');
});

afterEach(async () => {
  expect(device.faults).toEqual([]);
  await device.close();
});

const editField = (on = page) => on.getByRole('textbox', { name: 'Edit message' });
const edited = (on = page) => on.locator('article[data-editing]');
const sent = (text: string, on = page) => message(on, text).and(on.locator('article:not([data-state])'));
const confirm = () => page.getByRole('dialog', { name: 'Delete this message?' });

/** Posts a message and opens it for editing. */
async function editing(text: string): Promise<void> {
  await write(page, text);
  await sent(text).waitFor();
  await composer(page).press('ArrowUp');
  await editField().waitFor();
}

/** The same person elsewhere. */
async function elsewhere(): Promise<BrowserDevice> {
  const other = await BrowserDevice.open(browser, server.url);
  await signIn(other.page, 'ana');
  await openConversation(other.page, 'Lunch');
  return other;
}

describe('the message that is being edited', () => {
  test('is marked in the list until Escape leaves the edit', async () => {
    await editing(`marked ${String(visit)}`);
    expect(await edited().innerText()).toContain(`marked ${String(visit)}`);
    expect(await edited().innerText()).toContain('Editing now');
    expect(await edited().count()).toBe(1);
    await editField().press('Escape');
    await edited().waitFor({ state: 'detached' });
    await composer(page).waitFor();
  });

  test('is left by Escape on the message itself too, and the caret returns to the composer', async () => {
    await editing(`left ${String(visit)}`);
    await edited().focus();
    await page.keyboard.press('Escape');
    await edited().waitFor({ state: 'detached' });
    expect(await composer(page).evaluate((area) => area === document.activeElement)).toBe(true);
  });

  test('is named above the composer, and a press there brings it into view', async () => {
    await editing(`far ${String(visit)}`);
    await page.getByRole('log').evaluate((log) => log.scrollTo(0, 0));
    const way = page.getByRole('button', { name: 'Go to the message that you are editing' });
    expect(await way.innerText()).toBe(`far ${String(visit)}`);
    await way.click();
    await page.waitForFunction(() => {
      const box = document.querySelector('article[data-editing]')?.getBoundingClientRect();
      return box !== undefined && box.top > 0 && box.bottom < innerHeight;
    });
  });

  test('is brought into view when an edit begins while the reader is further up', async () => {
    await write(page, `below ${String(visit)}`);
    await sent(`below ${String(visit)}`).waitFor();
    await page.getByRole('log').evaluate((log) => log.scrollTo(0, log.scrollHeight - log.clientHeight - 900));
    await composer(page).press('ArrowUp');
    await page.waitForFunction(() => {
      const box = document.querySelector('article[data-editing]')?.getBoundingClientRect();
      return box !== undefined && box.bottom < innerHeight;
    });
  });

  test('is let go when it is deleted on another device, and what was typed becomes the draft', async () => {
    const other = await elsewhere();
    await editing(`gone ${String(visit)}`);
    await editField().fill('typed meanwhile');
    await sent(`gone ${String(visit)}`, other.page).focus();
    await other.page.keyboard.press('Delete');
    await other.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.locator('.toast').filter({ hasText: 'has been deleted' }).waitFor();
    expect(await composer(page).inputValue()).toBe('typed meanwhile');
    expect(await edited().count()).toBe(0);
    await other.close();
  });
});

describe('an edit that leaves no text', () => {
  test.each([
    ['empty', ''],
    ['white space', ' \n\t\u3000'],
    ['signs without a width', '\u200b\u2060'],
  ])('offers to delete the message: %s', async (_what, left) => {
    await editing(`emptied ${String(visit)}`);
    await editField().fill(left);
    await page.getByRole('status').filter({ hasText: 'saving deletes the message' }).waitFor();
    await editField().press('Enter');
    await confirm().getByText('without text cannot be saved').waitFor();
    await confirm().getByRole('button', { name: 'Delete' }).click();
    await sent(`emptied ${String(visit)}`).waitFor({ state: 'detached' });
    await composer(page).waitFor();
    expect(await page.locator('.toast').count()).toBe(0);
  });

  test('stays open when the deletion is declined, and Escape keeps the message', async () => {
    await editing(`kept ${String(visit)}`);
    await editField().fill('');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await confirm().getByRole('button', { name: 'Cancel' }).click();
    await editField().waitFor();
    await editField().press('Escape');
    await composer(page).waitFor();
    expect(await sent(`kept ${String(visit)}`).count()).toBe(1);
  });
});

describe('the history of edits', () => {
  const versions = () => page.getByRole('dialog', { name: 'Edit history' }).locator('.edit-text').allInnerTexts();
  const save = async (on: Page, text: string) => {
    await editField(on).fill(text);
    await editField(on).press('Enter');
    await sent(text, on).waitFor();
  };

  test('shows edits and the deletion that happen while it is open', async () => {
    const name = `v${String(visit)}`;
    await editing(`${name} one`);
    await save(page, `${name} two`);
    const other = await elsewhere();
    await sent(`${name} two`).getByRole('button', { name: '(edited)' }).click();
    await expect(eventually(versions, 2)).resolves.toEqual([`${name} two`, `${name} one`]);
    await sent(`${name} two`, other.page).focus();
    await other.page.keyboard.press('e');
    await save(other.page, `${name} three`);
    await expect(eventually(versions, 3)).resolves.toEqual([`${name} three`, `${name} one`, `${name} two`]);
    await sent(`${name} three`, other.page).focus();
    await other.page.keyboard.press('Delete');
    await other.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: 'Edit history' }).getByText('The message has been deleted').waitFor();
    expect(await versions()).toEqual([]);
    await other.close();
  });

  async function eventually(read: () => Promise<string[]>, count: number): Promise<string[]> {
    await page
      .locator('.edit-text')
      .nth(count - 1)
      .waitFor();
    return read();
  }
});
