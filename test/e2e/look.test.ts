import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { controlsShown, faintControls } from '../harness/contrast.ts';
import { openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  const { id } = await ana.opens('group', [boris, await team.owner]);
  await ana.posts(id, 'Latin and digits 0123456789');
  await boris.posts(id, 'Съешь же ещё этих мягких булок, ґ ї ў');
  await team.leaves();
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  let device: BrowserDevice;
  beforeAll(async () => {
    device = await BrowserDevice.open(browser, server.url, { colorScheme });
    await signIn(device.page, 'ana');
  });
  afterAll(() => device.close());

  test('controls and what is chosen among them look different: conversation with its members', async () => {
    await openConversation(device.page, 'Lunch');
    await device.page.getByRole('button', { name: /members: show/ }).click();
    await device.page.getByRole('complementary', { name: 'Members' }).getByText('@boris').waitFor();
    await expectDistinct(device.page, 5);
  });

  test('… search panel', async () => {
    await device.page.keyboard.press('Control+Shift+F');
    await device.page.getByRole('searchbox', { name: 'Search messages' }).fill('Latin');
    await device.page.getByRole('list', { name: 'Search results' }).getByRole('button').first().waitFor();
    await expectDistinct(device.page, 5);
  });

  test.each(['Profile', 'Appearance', 'Devices'])('… settings: %s', async (tab) => {
    await openSettings(device.page);
    await device.page.getByRole('tab', { name: tab }).click();
    await expectDistinct(device.page, 2);
    await device.page.keyboard.press('Escape');
  });

  test('… new conversation and command palette', async () => {
    await device.page.getByRole('button', { name: 'New conversation' }).first().click();
    await device.page.getByRole('checkbox', { name: 'boris' }).check();
    await expectDistinct(device.page, 4);
    await device.page.keyboard.press('Escape');
    await device.page.keyboard.press('Control+k');
    await device.page.getByRole('option').first().waitFor();
    await expectDistinct(device.page, 4);
    await device.page.keyboard.press('Escape');
  });
});

describe('the font', () => {
  let device: BrowserDevice;
  beforeAll(async () => {
    device = await BrowserDevice.open(browser, server.url);
    await signIn(device.page, 'ana');
    await openConversation(device.page, 'Lunch');
  });
  afterAll(() => device.close());

  test.each(['Latin and digits', 'Съешь'])('is the bundled one for “%s…”', async (text) => {
    await device.page.evaluate(() => document.fonts.ready);
    expect(await fontsOf(device.page, text)).toEqual(['Inter']);
  });

  test('leaves digits and capitals in the middle of their circle', async () => {
    const off = await device.page.evaluate(() => {
      const pen = document.createElement('canvas').getContext('2d');
      if (!pen) throw new Error('no canvas');
      pen.font = '650 100px "Inter Variable"';
      return ['12', 'АБ', 'AB'].map((text) => {
        const { actualBoundingBoxAscent, actualBoundingBoxDescent, fontBoundingBoxAscent, fontBoundingBoxDescent } = pen.measureText(text);
        return Math.abs(actualBoundingBoxAscent - actualBoundingBoxDescent - (fontBoundingBoxAscent - fontBoundingBoxDescent)) / 2;
      });
    });
    // In percent of the size: a fifth of a pixel at 12 px.
    for (const percent of off) expect(percent).toBeLessThan(2);
  });

  test('moves no line when it arrives: what stands in before has its measures', async () => {
    const sizes = await device.page.evaluate(() => {
      const line = document.createElement('p');
      line.style.cssText = 'position: fixed; width: max-content; font-size: 15px';
      line.textContent = 'The quick brown fox jumps over the lazy dog. Съешь же ещё этих мягких французских булок.';
      document.body.append(line);
      const sizeIn = (family: string) => {
        line.style.fontFamily = family;
        return { width: line.offsetWidth, height: line.offsetHeight };
      };
      return { now: sizeIn('"Inter Variable"'), before: sizeIn('"Inter Fallback"') };
    });
    expect(sizes.before.height).toBe(sizes.now.height);
    expect(Math.abs(sizes.before.width / sizes.now.width - 1)).toBeLessThan(0.04);
  });

  test('comes from the server itself, with its licence beside it', async () => {
    const asked = await device.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter((name) => name.endsWith('.woff2')),
    );
    expect(asked.length).toBeGreaterThan(1);
    for (const url of asked) expect(url.startsWith(`${server.url}/assets/inter-`)).toBe(true);
    expect(await (await device.page.request.get('/assets/Inter-OFL.txt')).text()).toContain('SIL Open Font License');
  });
});

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('dialog', { name: 'Settings' }).waitFor();
}

async function expectDistinct(page: Page, atLeast: number): Promise<void> {
  expect(await controlsShown(page)).toBeGreaterThanOrEqual(atLeast);
  expect(await faintControls(page)).toEqual([]);
}

/** Families that the browser drew the first message with this text in. */
async function fontsOf(page: Page, text: string): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: -1 });
  const handle = page.locator('article .rich', { hasText: text }).first();
  await handle.evaluate((element) => element.setAttribute('data-measured', ''));
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '[data-measured]' });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  await handle.evaluate((element) => element.removeAttribute('data-measured'));
  return [...new Set(fonts.map(({ familyName }) => familyName))];
}
