import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { composer, listEntry, signIn, timeline, write } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

const length = 1_500;
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
  ({ id } = await ana.opens('group', [boris], { name: 'Long' }));
  for (let n = 0; n < length; n += 50) {
    // Rows of different heights, groups of one sender and lines between them.
    const say = (at: number) => (at % 7 < 4 ? ana : boris).posts(id, `message ${String(at)} ${'words '.repeat(at % 40)}`);
    await Promise.all(Array.from({ length: 50 }, (_unused, at) => say(n + at + 1)));
  }
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
});

afterEach(async () => {
  await device.close();
});

/** Answers each further page of history so much later. */
async function slowHistory(ms: number): Promise<void> {
  await page.route(/\/messages\?.*(beforeSeq|afterSeq)/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await route.continue().catch(() => undefined);
  });
}

const openLong = async () => {
  await listEntry(page, 'Long').click();
  await row(length).waitFor();
};
const row = (seq: number) => timeline(page).locator(`[data-seq="${String(seq)}"]`);
const firstSeq = () =>
  timeline(page)
    .locator('[data-seq]')
    .first()
    .getAttribute('data-seq')
    .then((seq) => Number(seq));
const lastSeq = () =>
  timeline(page)
    .locator('[data-seq]')
    .last()
    .getAttribute('data-seq')
    .then((seq) => Number(seq));

/** The first message that begins on the screen, and where. */
const place = () =>
  timeline(page).evaluate((frame) => {
    const { top } = frame.getBoundingClientRect();
    for (const element of frame.querySelectorAll<HTMLElement>('[data-seq]')) {
      const box = element.getBoundingClientRect();
      if (box.top >= top) return { seq: Number(element.dataset['seq']), top: box.top - top };
    }
    return null;
  });

/** Of a row as it was painted: between a change and the next frame heights are not measured yet. */
async function topOf(seq: number): Promise<number> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return (await row(seq).boundingBox())?.y ?? Number.NaN;
}

const wheel = async (by: number) => {
  await timeline(page).hover();
  await page.mouse.wheel(0, by);
};

describe('history of a long conversation, over a slow line', () => {
  test('a fast wheel reaches the first message, and the edge never stays without an answer', async () => {
    await slowHistory(400);
    await openLong();
    await eventually(async () => {
      await wheel(-4_000);
      expect(await firstSeq()).toBe(1);
    }, 60_000);
    await eventually(async () => {
      await wheel(-4_000);
      expect(await place()).toMatchObject({ seq: 1 });
    });
    await page.getByText('This is the beginning of the group Long.').waitFor();
  });

  test('a page that arrives while the reader is at the very top moves nothing', async () => {
    await slowHistory(400);
    await openLong();
    const shown = await eventually(async () => {
      await timeline(page).evaluate((frame) => {
        frame.scrollTop = 0;
      });
      const first = await firstSeq();
      expect(await place()).toMatchObject({ seq: first });
      return first;
    });
    const before = await topOf(shown);
    await eventually(async () => {
      expect(await firstSeq()).toBeLessThan(shown);
    });
    // It may lose its head to an earlier message of the same sender.
    expect(Math.abs((await topOf(shown)) - before)).toBeLessThan(24);
  });

  test('Home and End, again and again, lead to the first message and back to the newest', async () => {
    await slowHistory(200);
    await openLong();
    await timeline(page).focus();
    await eventually(async () => {
      await page.keyboard.press('Home');
      expect(await firstSeq()).toBe(1);
    }, 60_000);
    await eventually(async () => {
      await page.keyboard.press('End');
      expect(await lastSeq()).toBe(length);
    }, 60_000);
  });

  test('the scrollbar held at the top brings page after page', async () => {
    await slowHistory(100);
    await openLong();
    await eventually(async () => {
      await timeline(page).evaluate((frame) => {
        frame.scrollTop = 0;
      });
      expect(await firstSeq()).toBe(1);
    }, 60_000);
  });

  test('from an old message the reader gets on to the newest', async () => {
    await slowHistory(400);
    await page.goto(`/c/${id}/100`);
    await row(100).waitFor();
    await eventually(async () => {
      await wheel(4_000);
      expect(await lastSeq()).toBe(length);
    }, 60_000);
  });
});

describe('a page of history that cannot be read', () => {
  test.each([
    ['the server fails', { status: 500, body: '{}' }],
    [
      'there were too many questions',
      { status: 429, contentType: 'application/problem+json', body: '{"code":"rate_limited","retryAfter":7}' },
    ],
    ['the line is cut', null],
  ] as const)('is said in its place and read by hand: %s', async (_why, answer) => {
    await openLong();
    const pattern = /\/messages\?.*beforeSeq/;
    await page.route(pattern, (route) => (answer ? route.fulfill(answer) : route.abort()));
    const shown = await firstSeq();
    const retry = timeline(page).getByRole('alert').getByRole('button', { name: 'Try again' });
    await eventually(async () => {
      await wheel(-4_000);
      expect(await retry.count()).toBe(1);
    });
    await page.unroute(pattern);
    await retry.click();
    await eventually(async () => {
      expect(await firstSeq()).toBeLessThan(shown);
    });
    expect(await timeline(page).getByRole('alert').count()).toBe(0);
  });
});

describe('the reader’s place', () => {
  test('stays over a change of the window’s size', async () => {
    await page.goto(`/c/${id}/700`);
    await row(700).waitFor();
    // A linked message stands in the middle of the window once it has been gone to.
    const before = await eventually(async () => {
      expect(Math.abs((await topOf(700)) - 450)).toBeLessThan(200);
      return place();
    });
    await page.setViewportSize({ width: 800, height: 600 });
    await page.setViewportSize({ width: 1440, height: 900 });
    await eventually(async () => {
      expect(Math.abs(((await place())?.seq ?? 0) - (before?.seq ?? 0))).toBeLessThanOrEqual(1);
    });
  });

  test('stays while the conversation is hidden behind a panel, where nothing is read or marked as seen', async () => {
    await page.goto(`/c/${id}/700`);
    await row(700).waitFor();
    const before = await eventually(async () => {
      expect(Math.abs((await topOf(700)) - 450)).toBeLessThan(200);
      return topOf(700);
    });
    await page.getByRole('button', { name: /members?: show/ }).click();
    await page.setViewportSize({ width: 900, height: 900 });
    await timeline(page).waitFor({ state: 'hidden' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await timeline(page).waitFor();
    await eventually(async () => {
      // The message that was gone to, whatever the rows above it measure beside the panel.
      expect(Math.abs((await topOf(700)) - before)).toBeLessThanOrEqual(1);
    });
  });
});

describe('the address of a message', () => {
  const path = () => new URL(page.url()).pathname;

  test.each([
    ['a jump to the newest message', () => page.getByRole('button', { name: 'Jump to the newest message' }).click()],
    ['a message that is sent', () => write(page, 'said from an old place')],
    [
      'a scroll of many screens',
      async () => {
        for (let n = 0; n < 12; n++) await wheel(-600);
      },
    ],
  ])('gives way to %s, and a reload does not return to it', async (_what, leave) => {
    await page.goto(`/c/${id}/700`);
    await row(700).waitFor();
    expect(path()).toBe(`/c/${id}/700`);
    await leave();
    await eventually(() => {
      expect(path()).toBe(`/c/${id}`);
    });
    await page.reload();
    await composer(page).waitFor();
    await eventually(async () => {
      expect(await lastSeq()).toBeGreaterThanOrEqual(length);
    });
  });

  test('stays through a short scroll, and Back leads to where one came from', async () => {
    await listEntry(page, 'Long').click();
    await row(length).waitFor();
    await page.goto('/');
    await page.goto(`/c/${id}/700`);
    await row(700).waitFor();
    await wheel(-200);
    expect(path()).toBe(`/c/${id}/700`);
    await page.getByRole('button', { name: 'Jump to the newest message' }).click();
    await eventually(() => {
      expect(path()).toBe(`/c/${id}`);
    });
    await page.goBack();
    await eventually(() => {
      expect(path()).toBe('/');
    });
  });
});
