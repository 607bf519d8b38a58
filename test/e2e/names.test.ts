import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { CutWire } from '../harness/cut-wire.ts';
import { message, openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { slowLine } from '../harness/slow-line.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

const writers = ['boris', 'cleo', 'dora', 'emil', 'fay'] as const;

let server: ServerProcess;
let browser: Browser;
let line: CutWire & { readonly url: string };
let device: BrowserDevice;
let page: Page;
let conversationId: string;

beforeAll(async () => {
  // Reached through the slow line.
  server = await ServerProcess.create({ CONFAB_PUBLIC_URL: '' });
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, ...others] = await team.actors('ana', ...writers);
  ({ id: conversationId } = await ana.opens('group', others));
  for (const person of others) await person.posts(conversationId, `a word of ${person.name}`);
  await team.leaves();
  line = await CutWire.to(server.url, slowLine({ oneWayMs: 150, lossPercent: 0, retransmitMs: 0, seed: 1 }));
  device = await BrowserDevice.open(browser, line.url);
  ({ page } = device);
  await page.addInitScript(keepSenders);
});

afterAll(async () => {
  await browser.close();
  await line.close();
  await server.remove();
});

/** Every name that stood beside a message, for however short a time. */
function keepSenders(): void {
  const shown = new Set<string>();
  Object.assign(window, { sendersShown: shown });
  new MutationObserver(() => {
    for (const { textContent } of document.querySelectorAll('.message-sender')) shown.add(textContent);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

const sendersShown = () => page.evaluate(() => [...(window as unknown as { sendersShown: Set<string> }).sendersShown].sort());

test('messages of a conversation that opens on a slow line stand under the names of their senders from the first moment', async () => {
  await signIn(page, 'ana');
  await openConversation(page, 'Lunch');
  await message(page, 'a word of fay').waitFor();
  expect(await sendersShown()).toEqual([...writers]);
});

test('… also where the page begins with that conversation', async () => {
  await page.goto(`/c/${conversationId}`);
  await message(page, 'a word of fay').waitFor();
  expect(await sendersShown()).toEqual([...writers]);
  expect(device.faults).toEqual([]);
});
