import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { composer, listEntry, signIn, timeline } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

const rows = 1_000;
let server: ServerProcess;
let browser: Browser;
let device: BrowserDevice;
let page: Page;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  const { id } = await ana.opens('group', [boris], { name: 'Long' });
  for (let n = 0; n < rows; n += 50) {
    const say = (at: number) => (at % 7 < 4 ? ana : boris).posts(id, `message ${String(at)} ${'words '.repeat(at % 20)}`);
    await Promise.all(Array.from({ length: 50 }, (_unused, at) => say(n + at + 1)));
  }
  await team.leaves();
  device = await BrowserDevice.open(browser, server.url);
  page = device.page;
  await signIn(page, 'ana');
  await listEntry(page, 'Long').click();
  await timeline(page)
    .locator(`[data-seq="${String(rows)}"]`)
    .waitFor();
  await eventually(async () => {
    await timeline(page).hover();
    await page.mouse.wheel(0, -6_000);
    expect(await firstOnScreen()).toBe(1);
  }, 60_000);
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

const firstOnScreen = () =>
  timeline(page).evaluate((frame) => {
    const { top } = frame.getBoundingClientRect();
    const shown = [...frame.querySelectorAll<HTMLElement>('[data-seq]')].find((row) => row.getBoundingClientRect().top >= top);
    return Number(shown?.dataset['seq']);
  });

/** Types, and answers how many changes of the list of messages it made. */
async function changesOfRows(typed: string): Promise<number> {
  const counted = await timeline(page).evaluateHandle((list) => {
    const count = { changes: 0 };
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver((records) => (count.changes += records.length)).observe(list, everything);
    return count;
  });
  await page.keyboard.type(typed);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return counted.evaluate(({ changes }) => changes);
}

describe('after a thousand messages were read', () => {
  test('few of them stand on the page, which a key is painted with', async () => {
    expect(await timeline(page).locator('[data-seq]').count()).toBeLessThanOrEqual(150);
  });

  test('a key in the composer draws no row', async () => {
    await composer(page).focus();
    expect(await changesOfRows('several words, and @bo a mention')).toBe(0);
    await composer(page).fill('');
  });

  test('a key in an edit draws no row, not even that of the message', async () => {
    await composer(page).press('ArrowUp');
    const field = page.getByRole('textbox', { name: 'Edit message' });
    await field.waitFor();
    await timeline(page).locator('article[data-editing]').waitFor();
    expect(await changesOfRows(' and more')).toBe(0);
    await field.press('Escape');
  });

  test('few messages stand at the end of the list, and many leave no gap', async () => {
    await timeline(page).evaluate((list) => (list.scrollTop = list.scrollHeight));
    await eventually(async () => {
      const ends = await timeline(page).evaluate((list) => {
        const last = list.querySelector(`[data-seq="1000"]`)?.getBoundingClientRect().bottom ?? 0;
        return list.getBoundingClientRect().bottom - last;
      });
      expect(ends).toBeGreaterThanOrEqual(0);
      expect(ends).toBeLessThan(40);
    });
  });
});
