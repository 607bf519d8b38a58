import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { BrowserDevice, openBrowser } from '../harness/browser.ts';
import { acceptInvite, composer, listEntry, message, openConversation, setUpTeam, texts, write } from '../harness/pages.ts';
import { ServerProcess } from '../harness/process.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let ana: BrowserDevice;
let boris: BrowserDevice;

beforeAll(async () => {
  server = await ServerProcess.create({ CONFAB_REGISTRATION: 'invite' });
  [browser] = await Promise.all([openBrowser(), server.start()]);
});

afterAll(async () => {
  await browser.close();
  await server.remove();
});

describe('a team’s first day, in two browsers', () => {
  test('the owner sets the team up and invites a second person', async () => {
    ana = await BrowserDevice.open(browser, server.url);
    await setUpTeam(ana.page, `${server.url}/setup#${await server.setupToken()}`, 'Weavers', { name: 'Ana López', username: 'ana' });
    await ana.page.getByRole('button', { name: /status and settings/ }).click();
    await ana.page.getByRole('menuitem', { name: 'Invite people' }).click();
    await ana.page.getByRole('button', { name: 'Create link' }).click();
    const link = await ana.page.getByLabel('Invite link').inputValue();
    expect(link).toContain(`${server.url}/invite/`);
    await ana.page.keyboard.press('Escape');

    boris = await BrowserDevice.open(browser, server.url, { width: 390, height: 844 });
    await boris.page.goto(link);
    await boris.page.getByText('Ana López invited you').waitFor();
    await acceptInvite(boris.page, link, { name: 'Boris Volkov', username: 'boris' });
  });

  test('they chat both ways, and unread clears when it is read', async () => {
    await openConversation(ana.page, 'general');
    await write(ana.page, 'Good morning');
    await listEntry(boris.page, 'general').getByText('1 unread message').waitFor({ state: 'attached' });
    await openConversation(boris.page, 'general');
    await message(boris.page, 'Good morning').waitFor();
    await write(boris.page, 'Доброе утро');
    await message(ana.page, 'Доброе утро').waitFor();
    await boris.page.getByRole('button', { name: 'Back' }).click();
    await listEntry(boris.page, 'general')
      .getByText(/unread message/)
      .waitFor({ state: 'detached' });
    await openConversation(boris.page, 'general');
  });

  test('typing shows, an edit and a reaction arrive', async () => {
    await composer(ana.page).pressSequentially('I am wri');
    await boris.page.getByText('Ana López is typing').waitFor();
    await composer(ana.page).fill('');
    const mine = message(ana.page, 'Good morning');
    await mine.hover();
    await mine.getByRole('button', { name: 'Edit' }).click();
    const edit = ana.page.getByRole('textbox', { name: 'Edit message' });
    await edit.fill('Good morning, everyone');
    await edit.press('Enter');
    await message(boris.page, 'Good morning, everyone').getByText('(edited)').waitFor();
    const greeting = message(ana.page, 'Доброе утро');
    await greeting.hover();
    await greeting
      .getByRole('button', { name: /^React with/ })
      .first()
      .click();
    await message(boris.page, 'Доброе утро').getByRole('group', { name: 'Reactions' }).getByRole('button').waitFor();
  });

  test('SIGKILL of the whole tree in mid-conversation loses, doubles and reorders nothing', async () => {
    const sent: string[] = [];
    const say = async (device: BrowserDevice, text: string) => {
      sent.push(text);
      await write(device.page, text);
    };
    for (let n = 1; n <= 5; n++) await say(ana, `before ${String(n)}`);
    await server.kill();
    for (let n = 1; n <= 3; n++) await say(ana, `while it was down ${String(n)}`);
    await boris.page.getByRole('status').getByText('You are offline').waitFor();
    await server.start();
    await message(boris.page, 'while it was down 3').waitFor({ timeout: 30_000 });
    await say(boris, 'and back');
    await message(ana.page, 'and back').waitFor();
    const expected = sent.map((text) => expect.stringContaining(text) as string);
    expect((await texts(ana.page)).slice(-9)).toEqual(expected);
    expect((await texts(boris.page)).slice(-9)).toEqual(expected);
  });

  test('what was written offline waits in the outbox over a reload of the page and is sent once', async () => {
    await ana.context.setOffline(true);
    await server.kill();
    await write(ana.page, 'written offline');
    await message(ana.page, 'written offline').waitFor();
    await server.start();
    expect((await texts(boris.page)).filter((text) => text.includes('written offline'))).toEqual([]);
    await ana.context.setOffline(false);
    await ana.page.reload();
    await message(boris.page, 'written offline').waitFor({ timeout: 30_000 });
    await ana.page.reload();
    await message(ana.page, 'written offline').waitFor();
    for (const { page } of [ana, boris]) expect((await texts(page)).filter((text) => text.includes('written offline'))).toHaveLength(1);
  });

  test('neither page had a fault of its own', () => {
    expect([...ana.faults, ...boris.faults]).toEqual([]);
  });
});
