import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { allMails } from '../../src/modules/notifications/domain/mails/samples.fixture.ts';
import { barriers, sidewaysScroll } from '../harness/accessible.ts';
import { openBrowser } from '../harness/browser.ts';

/** `CONFAB_TEST_SCREENS=DIR` keeps a picture of each mail there, to be looked at. */
const screens = process.env['CONFAB_TEST_SCREENS'];

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  if (screens !== undefined) await mkdir(screens, { recursive: true });
});
afterAll(() => browser.close());

describe.each(['en', 'ru'] as const)('mails in %s', (language) => {
  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test.each([600, 390])('fit %i px, can be read, and load nothing', async (width) => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const page = await context.newPage();
      const loaded: string[] = [];
      page.on('request', (request) => loaded.push(request.url()));
      for (const [name, { html }] of Object.entries(allMails(language))) {
        await page.setContent(html);
        expect([name, await sidewaysScroll(page), await barriers(page)]).toEqual([name, 0, []]);
        if (screens !== undefined)
          await page.screenshot({ path: join(screens, `${name}-${language}-${colorScheme}-${String(width)}.png`), fullPage: true });
      }
      expect(loaded).toEqual([]);
      await context.close();
    });
  });
});
