import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { encoded, pdf, recording, video } from '../../src/modules/media/adapters/previews/moving.fixture.ts';
import { barriers } from '../harness/accessible.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { uploads } from '../harness/files.ts';
import { openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { requireProgram } from '../harness/programs.ts';
import { type Actor, Team } from '../harness/team.ts';

jest.setTimeout(120_000);

requireProgram('ffmpeg').describe('videos, sounds and texts', () => {
  let server: ServerProcess;
  let browser: Browser;
  let device: BrowserDevice;
  let page: Page;
  let boris: Actor;
  let conversationId: string;

  beforeAll(async () => {
    server = await ServerProcess.create();
    [browser] = await Promise.all([openBrowser(), server.start()]);
    const team = await Team.create([server.url], server.dataDir);
    const [ana, other] = await team.actors('ana', 'boris');
    boris = other;
    conversationId = (await ana.opens('group', [boris])).id;
    device = await BrowserDevice.open(browser, server.url);
    page = device.page;
    await signIn(page, 'ana');
    await openConversation(page, 'Lunch');
  });
  afterAll(async () => {
    expect(device.faults).toEqual([]);
    await device.close();
    await browser.close();
    await server.remove();
  });

  async function sends(content: Uint8Array, name: string, type: string): Promise<void> {
    const { id } = await uploads(boris, content, { name, type });
    await boris.api.ok('POST', `/conversations/${conversationId}/messages`, {
      clientMessageId: randomUUID(),
      text: '',
      attachmentIds: [id],
    });
  }

  test('a video is shown by its poster, in its box, and plays by a click', async () => {
    await sends(
      encoded('a.webm', '-f', 'lavfi', '-i', 'color=c=red:size=320x180:rate=10:duration=2', '-c:v', 'libvpx'),
      'a.webm',
      'video/webm',
    );
    const card = page.getByRole('group', { name: 'a.webm' });
    const poster = card.getByRole('button', { name: 'Play a.webm' });
    await poster.locator('img').waitFor();
    await card.getByText('0:02').waitFor();
    expect(await poster.boundingBox()).toMatchObject({ width: 320, height: 180 });
    expect(await barriers(page)).toEqual([]);
    await poster.click();
    const player = card.locator('video');
    await player.waitFor();
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0);
    expect(await player.boundingBox()).toMatchObject({ width: 320, height: 180 });
  });

  test('a video plays over the page from the panel of files, and the button beside it goes to its message', async () => {
    await page.keyboard.press('Alt+Shift+F');
    const panel = page.getByRole('complementary', { name: 'Files' });
    await panel.getByRole('button', { name: 'Play a.webm' }).click();
    const dialog = page.getByRole('dialog', { name: 'a.webm' });
    await dialog.locator('video').waitFor();
    await page.waitForFunction(() => (document.querySelector<HTMLVideoElement>('[role=dialog] video')?.currentTime ?? 0) > 0);
    expect(await barriers(page)).toEqual([]);
    const folder = process.env['SHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/panel-video.png` });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Show a.webm in conversation' }).waitFor();
    await page.keyboard.press('Alt+Shift+F');
    await panel.waitFor({ state: 'detached' });
  });

  test('a video that the browser cannot play says so, and is downloaded', async () => {
    await sends(
      encoded('b.mov', '-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=5:duration=1', '-c:v', 'prores'),
      'b.mov',
      'video/quicktime',
    );
    const card = page.getByRole('group', { name: 'b.mov' });
    await card.getByText('Your browser cannot play this video').waitFor();
    expect(await card.getByRole('button', { name: 'Play b.mov' }).isDisabled()).toBe(true);
    const [download] = await Promise.all([page.waitForEvent('download'), card.getByRole('button', { name: 'Download b.mov' }).click()]);
    expect(download.suggestedFilename()).toBe('b.mov');
    expect(await barriers(page)).toEqual([]);
  });

  test('a sound is shown by its waveform, plays, and goes to where an arrow says', async () => {
    await sends(recording(), 'voice.webm', 'audio/webm');
    const card = page.getByRole('group', { name: 'voice.webm' });
    const slider = card.getByRole('slider', { name: 'Position in voice.webm' });
    await slider.waitFor();
    expect(await slider.locator('rect').count()).toBe(64);
    expect(await barriers(page)).toEqual([]);
    await card.getByRole('button', { name: 'Listen to voice.webm' }).click();
    await page.waitForFunction(() => (document.querySelector('.waveform-player audio') as HTMLAudioElement | null)?.played.length === 1);
    await slider.press('Home');
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/of 0:03$/);
    await card.getByRole('button', { name: 'Listen to voice.webm' }).waitFor();
  });

  test('a player whose link has ended gets another one by itself, and asks for parts', async () => {
    await sends(
      encoded('c.webm', '-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=10:duration=5', '-c:v', 'libvpx'),
      'c.webm',
      'video/webm',
    );
    const asked: { link: string; range: string | undefined }[] = [];
    await page.route(/\/media\/[^/]+\?link=/, async (route) => {
      const request = route.request();
      asked.push({ link: request.url(), range: (await request.allHeaders())['range'] });
      if (asked.length === 1) await route.fulfill({ status: 401 });
      else await route.continue();
    });
    const card = page.getByRole('group', { name: 'c.webm' });
    await card.getByRole('button', { name: 'Play c.webm' }).click();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('video')].some(({ duration, currentTime }) => duration > 4 && currentTime > 0),
    );
    expect(asked.map(({ range }) => range?.startsWith('bytes='))).not.toContain(undefined);
    expect(new Set(asked.map(({ link }) => link)).size).toBe(2);
    await page.unroute(/\/media\/[^/]+\?link=/);
  });

  requireProgram('pdftoppm').describe('and a PDF', () => {
    test('is shown by its first page', async () => {
      await sends(pdf(), 'a.pdf', 'application/pdf');
      await page.getByRole('button', { name: 'Download a.pdf' }).locator('img').waitFor();
    });
  });

  test('a text is shown by its first lines', async () => {
    await sends(Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), 'привет.txt', 'text/plain');
    await page.getByRole('region', { name: 'First lines of привет.txt' }).getByText('Привет').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  test('a video of H.264 has a poster too', async () => {
    await sends(video(), 'phone.mp4', 'video/mp4');
    await page.getByRole('button', { name: 'Play phone.mp4' }).locator('img').waitFor();
    if (process.env['SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SHOTS']}/players.png`, fullPage: true });
  });
});
