import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriers } from '../harness/accessible.ts';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { listEntry, openConversation, signIn } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
const devices: BrowserDevice[] = [];

beforeAll(async () => {
  server = await ServerProcess.create();
  [browser] = await Promise.all([openBrowser(), server.start()]);
  const team = await Team.create([server.url], server.dataDir);
  const [ana, boris] = await team.actors('ana', 'boris');
  await ana.opens('group', [boris, await team.owner]);
  await team.leaves();
});

afterAll(async () => {
  await Promise.all(devices.map((device) => device.close()));
  await browser.close();
  await server.remove();
});

async function openAs(username: string): Promise<Page> {
  const device = await BrowserDevice.open(browser, server.url);
  devices.push(device);
  await signIn(device.page, username);
  await openConversation(device.page, 'Lunch');
  return device.page;
}

async function inMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function addBoris(page: Page): Promise<void> {
  await inMenu(page, 'Add people');
  await page.getByRole('checkbox', { name: 'boris' }).check();
  await page.getByRole('button', { name: 'Add 1 person' }).click();
}

test('who leaves and declines to be added again is brought back by an admin of the team alone', async () => {
  const [boris, ana, olga] = [await openAs('boris'), await openAs('ana'), await openAs('olga')];
  await inMenu(boris, 'Leave');
  const question = boris.getByRole('dialog', { name: 'Leave “Lunch”?' });
  await question.getByText('Then only an administrator of the team can bring you back.').waitFor();
  await question.getByRole('switch', { name: 'Do not let members add me again' }).click();
  expect(await barriers(boris, '[role=dialog]')).toEqual([]);
  await question.getByRole('button', { name: 'Leave' }).click();
  await listEntry(boris, 'Lunch').waitFor({ state: 'detached' });

  await addBoris(ana);
  await ana.getByRole('dialog', { name: 'Add people' }).getByText('does not want to be added again').waitFor();
  expect(await listEntry(boris, 'Lunch').count()).toBe(0);

  await addBoris(olga);
  await olga.getByRole('dialog', { name: 'Add people' }).waitFor({ state: 'detached' });
  await listEntry(boris, 'Lunch').waitFor();
  expect(devices.flatMap(({ faults }) => faults)).toEqual([]);
});
