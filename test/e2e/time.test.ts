import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { composer, listEntry, message, signIn, timeline, write } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let device: BrowserDevice;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  const { id } = await ana.opens('group', [boris]);
  await boris.posts(id, 'said on the first day');
  await team.leaves();
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

beforeEach(async () => {
  device = await BrowserDevice.open(browser, server.url);
  // Formats under a clock of its own do not learn of another time zone.
  if (!expect.getState().currentTestName?.includes('time zone')) await device.page.clock.install();
  await signIn(device.page, 'ana');
  await listEntry(device.page, 'Lunch').click();
  await message(device.page, 'said on the first day').waitFor();
});

afterEach(() => device.close());

function untilTomorrowNoon(): number {
  const noon = new Date();
  noon.setDate(noon.getDate() + 1);
  noon.setHours(12, 0, 0, 0);
  return noon.getTime() - Date.now();
}

const days = () => timeline(device.page).getByRole('separator').filter({ hasText: /day/i }).allInnerTexts();
const day = (name: string) => timeline(device.page).getByRole('separator').filter({ hasText: name });

test('a page that stays open over midnight calls the day before Yesterday', async () => {
  const { page } = device;
  expect(await days()).toEqual(['Today']);
  await page.clock.fastForward(untilTomorrowNoon());
  await day('Yesterday').waitFor();
  expect(await days()).toEqual(['Yesterday']);
});

test('a page that was asleep for days knows the day when it is seen again', async () => {
  const { page } = device;
  await page.clock.setSystemTime(Date.now() + 3 * 86_400_000);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await day('Today').waitFor({ state: 'detached' });
  expect(await days()).toHaveLength(1);
});

test('a journey to another time zone moves the clock of every row', async () => {
  const { page } = device;
  const session = await device.context.newCDPSession(page);
  const time = message(page, 'said on the first day').locator('time').first();
  await session.send('Emulation.setTimezoneOverride', { timezoneId: 'Asia/Tokyo' });
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  const tokyo = await time.evaluate((element) =>
    new Date((element as HTMLTimeElement).dateTime).toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit' }),
  );
  await time.filter({ hasText: tokyo }).waitFor();
});

describe('Enter of an input method', () => {
  const cases = [
    ['within the composition', { isComposing: true, keyCode: 229 }, false],
    ['after its end, with the code 229, as WebKit does', { keyCode: 229 }, true],
    ['with its end, as any key', { keyCode: 13 }, true],
  ] as const;

  test.each(cases)('does not send: %s', async (_when, init, ends) => {
    const { page } = device;
    await composer(page).fill('半分');
    await composer(page).evaluate(
      (area, { init: given, ends: endsFirst }) => {
        if (endsFirst) area.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
        area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...given }));
      },
      { init, ends },
    );
    expect(await composer(page).inputValue()).toBe('半分');
    await write(page, '全部');
    await message(page, '全部').first().waitFor();
  });

  test('does not choose in the palette', async () => {
    const { page } = device;
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox');
    await box.fill('Lunch');
    await box.evaluate((input) =>
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true })),
    );
    expect(await box.count()).toBe(1);
    await box.press('Escape');
  });
});
