import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { uploads } from '../harness/files.ts';
import { composer, listEntry, signIn, timeline } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

const length = 600;
const withSound = 480;
const rowsAtMost = 150;
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
  const say = (at: number) => (at % 7 < 4 ? ana : boris).posts(id, `message ${String(at)} ${'words '.repeat(at % 40)}`);
  for (let n = 1; n < withSound; n++) await say(n);
  const { id: soundId } = await uploads(boris, silence(), { name: 'voice.wav', type: 'audio/wav' });
  await boris.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text: '', attachmentIds: [soundId] });
  for (let n = withSound + 1; n < length; n++) await say(n);
  const { items } = await ana.api.ok<{ items: { id: string }[] }>('GET', `/conversations/${id}/messages?aroundSeq=300&limit=1`);
  await ana.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text: 'an answer', replyTo: items[0]?.id });
  await team.leaves();
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

beforeEach(async () => {
  device = await BrowserDevice.open(browser, server.url);
  ({ page } = device);
  await page.route(/\/messages\?.*(beforeSeq|afterSeq)/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue().catch(() => undefined);
  });
  await signIn(page, 'ana');
  await listEntry(page, 'Long').click();
  await row(length).waitFor();
});

afterEach(async () => {
  expect(device.faults).toEqual([]);
  await device.close();
});

/** A minute of silence, as a WAV of 8,000 bytes a second. */
function silence(): Uint8Array {
  const bytes = 60 * 8_000;
  const file = Buffer.alloc(44 + bytes, 0x80);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + bytes, 4);
  file.write('WAVEfmt ', 8);
  for (const [at, value] of [
    [16, 16],
    [24, 8_000],
    [28, 8_000],
  ] as const)
    file.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    file.writeUInt16LE(value, at);
  file.write('data', 36);
  file.writeUInt32LE(bytes, 40);
  return file;
}

const row = (seq: number) => timeline(page).locator(`[data-seq="${String(seq)}"]`);
const rowsOnPage = () => timeline(page).locator('[data-seq]').count();

/** Where the messages on the screen begin, by their numbers. */
const tops = () =>
  timeline(page).evaluate((frame) => {
    const { top, bottom } = frame.getBoundingClientRect();
    return [...frame.querySelectorAll<HTMLElement>('[data-seq]')].flatMap((element): [number, number][] => {
      const box = element.getBoundingClientRect();
      return box.bottom > top && box.top < bottom ? [[Number(element.dataset['seq']), box.top]] : [];
    });
  });

async function wheel(by: number): Promise<void> {
  await timeline(page).hover({ position: { x: 5, y: 300 } });
  await page.mouse.wheel(0, by);
}

/**
 * Until the wheel has come to rest, as the browser moves on for a while after it turned, with earlier messages above the screen: the first one that
 * has been read may lose its head to the one before it, and what stands below it then comes closer.
 */
async function rest(): Promise<void> {
  let before = '';
  await eventually(async () => {
    const last = before;
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const now = await tops();
    before = JSON.stringify(now);
    expect(before).toBe(last);
    expect(Number(await timeline(page).locator('[data-seq]').first().getAttribute('data-seq'))).toBeLessThan(now[0]?.[0] ?? 0);
  });
}

/** Until the first message on the screen is as far back as this. */
async function readBackTo(seq: number): Promise<void> {
  await eventually(async () => {
    await wheel(-2_000);
    expect((await tops())[0]?.[0]).toBeLessThanOrEqual(seq);
  }, 60_000);
  await rest();
}

async function readOnTo(seq: number): Promise<void> {
  await eventually(async () => {
    await wheel(2_000);
    expect((await tops()).at(-1)?.[0]).toBeGreaterThanOrEqual(seq);
  }, 60_000);
  await rest();
}

test('a wheel moves what is read by as much as it turns, back and on again, and few rows stand on the page', async () => {
  for (const by of [...Array<number>(60).fill(-400), ...Array<number>(50).fill(400)]) {
    const before = new Map(await tops());
    await wheel(by);
    await eventually(async () => {
      const both = (await tops()).filter(([seq]) => before.has(seq));
      expect(both.length).toBeGreaterThan(0);
      for (const [seq, top] of both) expect(Math.abs(top - (before.get(seq) ?? NaN) + by)).toBeLessThanOrEqual(1);
    });
    expect(await rowsOnPage()).toBeLessThanOrEqual(rowsAtMost);
  }
});

test('keys lead through everything that was read', async () => {
  await readBackTo(200);
  await timeline(page).focus();
  await page.keyboard.press('End');
  await eventually(async () => expect((await tops()).at(-1)?.[0]).toBe(length));
  await page.keyboard.press('PageUp');
  await eventually(async () => expect((await tops()).at(-1)?.[0]).toBeLessThan(length));
  const [first] = await tops();
  await page.keyboard.press('Home');
  await eventually(async () => expect((await tops())[0]?.[0]).toBeLessThan((first?.[0] ?? 0) - 200));
  expect(await rowsOnPage()).toBeLessThanOrEqual(rowsAtMost);
});

test('a quote leads to a message that is not on the page any more, and the button back to the newest', async () => {
  await readBackTo(250);
  await readOnTo(length);
  expect(await row(300).count()).toBe(0);
  await row(length)
    .getByRole('button', { name: /message 300/ })
    .click();
  await eventually(async () => expect((await tops()).map(([seq]) => seq)).toContain(300));
  await page.getByRole('button', { name: 'Jump to the newest message' }).click();
  await eventually(async () => expect((await tops()).at(-1)?.[0]).toBe(length));
});

test('what is selected is copied whole, however far one reads meanwhile', async () => {
  await row(length - 12).evaluate((from, to) => {
    const last = document.querySelector(`[data-seq="${String(to)}"] .rich`);
    getSelection()?.setBaseAndExtent(from.querySelector('.rich') ?? from, 0, last ?? from, 1);
  }, length - 10);
  const selected = () => page.evaluate(() => getSelection()?.toString() ?? '');
  const before = await selected();
  expect(before).toContain(`message ${String(length - 11)}`);
  await readBackTo(200);
  expect(await selected()).toBe(before);
  expect(await row(length - 20).count()).toBe(0);
});

test('a selection that reaches from far away holds all between', async () => {
  await row(length - 5)
    .locator('.rich')
    .click();
  await readBackTo(350);
  const [, [seq] = [0]] = await tops();
  await row(seq)
    .locator('.rich')
    .click({ modifiers: ['Shift'] });
  await eventually(async () => {
    const copied = await page.evaluate(() => getSelection()?.toString() ?? '');
    for (let at = seq + 1; at < length - 5; at++) if (at !== withSound) expect(copied).toMatch(new RegExp(`message ${String(at)}\\b`));
  });
});

test('the message that has the focus keeps it, and arrows go on from there', async () => {
  await timeline(page).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  const focused = () => page.evaluate(() => Number((document.activeElement as HTMLElement | null)?.dataset['seq']));
  expect(await focused()).toBe(length - 1);
  await readBackTo(300);
  expect(await focused()).toBe(length - 1);
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toBe(length - 2);
  await eventually(async () => expect((await tops()).map(([seq]) => seq)).toContain(length - 2));
});

test('a voice message plays on while its row is far from what is read', async () => {
  await readBackTo(withSound);
  await eventually(async () => {
    await row(withSound).scrollIntoViewIfNeeded();
    await row(withSound).getByRole('button', { name: 'Listen to voice.wav' }).click({ timeout: 2_000 });
  });
  const player = row(withSound).locator('audio');
  await eventually(async () => expect(await player.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0));
  await page.getByRole('button', { name: 'Jump to the newest message' }).click();
  await readBackTo(250);
  await timeline(page).evaluate((frame) => (frame.scrollTop = 0));
  const seconds = await player.evaluate((audio: HTMLAudioElement) => audio.currentTime);
  await eventually(async () => {
    const now = await player.evaluate(({ currentTime, paused }: HTMLAudioElement) => ({ currentTime, paused }));
    expect(now).toEqual({ currentTime: expect.any(Number), paused: false });
    expect(now.currentTime).toBeGreaterThan(seconds);
  });
});

test('the edit of one’s last message shows it, from however far', async () => {
  await readBackTo(250);
  await composer(page).press('ArrowUp');
  await timeline(page).locator('article[data-editing]').waitFor();
  await eventually(async () => {
    const edited = Number(await timeline(page).locator('article[data-editing]').getAttribute('data-seq'));
    expect((await tops()).map(([seq]) => seq)).toContain(edited);
  });
});

test('what comes while one reads far back moves nothing', async () => {
  await readBackTo(300);
  const before = await tops();
  const other = await BrowserDevice.open(browser, server.url);
  await signIn(other.page, 'boris');
  await listEntry(other.page, 'Long').click();
  await composer(other.page).fill('news from afar');
  await composer(other.page).press('Enter');
  await page.getByRole('button', { name: '1 unread message: jump to the newest' }).waitFor();
  const after = new Map(await tops());
  for (const [seq, top] of before) expect(Math.abs((after.get(seq) ?? NaN) - top)).toBeLessThan(1);
  await other.close();
});
