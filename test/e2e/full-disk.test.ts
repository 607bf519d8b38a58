import { jest } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { composer, message, openConversation, signIn, write } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { canMount, fillDisk, mount, remedy, unmount } from '../harness/small-disk.ts';
import { type Actor, Team } from '../harness/team.ts';

jest.setTimeout(120_000);
if (!canMount) process.stderr.write(`Skipped: the page over a disk that is full. ${remedy}\n`);

(canMount ? describe : describe.skip)('over a disk that is full', () => {
  let server: ServerProcess;
  let browser: Browser;
  let device: BrowserDevice;
  let page: Page;
  let ana: Actor;
  let conversationId: string;

  beforeAll(async () => {
    server = await ServerProcess.create();
    mount(server.dataDir);
    [browser] = await Promise.all([openBrowser(), server.start()]);
    const team = await Team.create([server.url], server.dataDir);
    ana = await team.actor('ana');
    ({ id: conversationId } = await ana.opens('group', []));
    device = await BrowserDevice.open(browser, server.url);
    page = device.page;
    await signIn(page, 'ana');
    await openConversation(page, 'Lunch');
    await write(page, 'sent before');
    await sent('sent before').waitFor();
    fillDisk(join(server.dataDir, 'ballast'));
    await useUpWhatIsLeft();
  });

  afterAll(async () => {
    ana.leaves();
    await browser.close();
    await server.kill();
    unmount(server.dataDir);
    await server.remove();
  });

  /** Pages that the database has already still take something. */
  async function useUpWhatIsLeft(): Promise<void> {
    for (let number = 0, refused = 0; number < 2_000 && refused < 30; number++) {
      const text = `${String(number)} ${'ballast '.repeat(1_000)}`;
      refused += await ana.posts(conversationId, text).then(
        () => 0,
        () => 1,
      );
    }
  }

  const sent = (text: string) => message(page, text).and(page.locator('article:not([data-state])'));
  const banner = () => page.locator('.connection-banner').filter({ hasText: 'disk is full' });

  test('the page says so, names the admins, and keeps what is written', async () => {
    await write(page, `written meanwhile ${'x'.repeat(9_000)}`);
    await banner().getByText('Tell an admin of your team').waitFor();
    await message(page, 'written meanwhile').getByText('The server cannot store it.').waitFor();
    expect(await page.getByText('Something went wrong').count()).toBe(0);
  });

  test('an edit that cannot be stored says so, and stays open with its text', async () => {
    await page.getByRole('log').evaluate((log) => log.scrollTo(0, 0));
    await message(page, 'sent before').waitFor();
    await message(page, 'sent before').focus();
    await page.keyboard.press('e');
    const field = page.getByRole('textbox', { name: 'Edit message' });
    await field.fill(`edited ${'y'.repeat(9_000)}`);
    await field.press('Enter');
    await page.locator('.toast').filter({ hasText: 'disk is full' }).waitFor();
    expect(await field.inputValue()).toContain('edited yyy');
  });

  test('everything goes through once there is room again', async () => {
    rmSync(join(server.dataDir, 'ballast'));
    await banner().waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Edit message' }).press('Enter');
    await composer(page).waitFor();
    await sent('edited yyy').first().waitFor();
    const log = await ana.reads(conversationId);
    expect(log.filter(({ text }) => text.startsWith('written meanwhile'))).toHaveLength(1);
    expect(device.faults).toEqual([]);
  });
});
