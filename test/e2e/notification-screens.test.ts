import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { barriers, sidewaysScroll } from '../harness/accessible.ts';
import { openBrowser } from '../harness/browser.ts';
import { faintControls } from '../harness/contrast.ts';
import { eventually } from '../harness/eventually.ts';
import { ServerProcess } from '../harness/process.ts';
import { PushedBrowser } from '../harness/pushed-browser.ts';
import { PushService } from '../harness/push-service.ts';
import { quietSignIn } from '../harness/quiet-sign-in.ts';
import { type Actor, Team } from '../harness/team.ts';
import { Visitor } from '../harness/visitor.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let service: PushService;
let browser: Browser;
let team: Team;
let ana: Actor;
let groupId: string;

beforeAll(async () => {
  // The push service of the test stands on this machine, without TLS.
  server = await ServerProcess.createOnTestDatabase({ CONFAB_PUSH_ALLOW_PRIVATE: 'on' });
  [browser, service] = await Promise.all([openBrowser(), PushService.open(), server.start()]);
  team = await Team.create([server.url], server.dataDir);
  const [me, boris] = await team.actors('ana', 'boris');
  ana = me;
  ({ id: groupId } = await boris.opens('group', [ana], { name: 'Trip' }));
  const quietHours = { on: true, from: '22:00', to: '07:30', days: [1, 2, 3, 4, 7], timeZone: 'Europe/Madrid' };
  await ana.api.ok('PUT', '/notifications/preferences', { preferences: { quietHours, keywords: ['train', 'поезд'] } });
  await boris.posts(groupId, '@ana the train leaves at 9:40');
});

afterAll(async () => {
  await team.leaves();
  await browser.close();
  await service.stop();
  await server.remove();
});

/** What it covers is measured without it. */
const dialog = '[role=dialog]';
const [desktop, phone] = [{ width: 1440, height: 900 } as const, { width: 390, height: 844, touch: true } as const];

describe.each([
  { ...desktop, name: 'desktop, light, English', language: 'en', colorScheme: 'light' },
  { ...desktop, name: 'desktop, dark, Russian', language: 'ru', colorScheme: 'dark' },
  { ...phone, name: 'phone, light, Russian', language: 'ru', colorScheme: 'light' },
  { ...phone, name: 'phone, dark, English', language: 'en', colorScheme: 'dark' },
] as const)('on a screen: $name', (look) => {
  let visitor: Visitor;
  let pushed: PushedBrowser;
  beforeAll(async () => {
    visitor = await Visitor.open(browser, server.url, look);
    await PushedBrowser.prepare(visitor.page, service.subscribe());
    await quietSignIn(visitor, ana);
  });
  afterAll(() => visitor.device.close());

  const expectUsable = async (picture: string, part?: string): Promise<void> => {
    await visitor.picture(picture);
    await visitor.still();
    expect(await barriers(visitor.page, part)).toEqual([]);
    expect(await faintControls(visitor.page)).toEqual([]);
    expect(await sidewaysScroll(visitor.page)).toBeLessThanOrEqual(0);
  };

  test('the centre can be used by everyone, with entries and without', async () => {
    const { page, t } = visitor;
    await page.goto(`/c/${groupId}?panel=notifications`);
    const panel = page.getByRole('complementary', { name: t('centre.title') });
    await panel.getByRole('button', { name: /leaves at 9:40/ }).waitFor();
    await expectUsable('centre');
    await visitor.press(panel.locator('label', { hasText: t('centre.filter.unread') }));
    await panel.getByText(t('centre.none.unread')).waitFor();
    await expectUsable('centre-empty');
  });

  test('the settings can, and a test of a device shows each step up to its screen', async () => {
    const { page, t } = visitor;
    await page.goto(`/c/${groupId}?dialog=settings:notifications`);
    await visitor.press(visitor.button(t('push.turnOn')));
    await visitor.button(t('push.turnOff')).waitFor();
    pushed = await PushedBrowser.of(page);
    const sent = service.pushed.length;
    const device = page.locator('.notify-device').filter({ hasText: t('push.thisBrowser') });
    await visitor.press(device.getByRole('button').first());
    await eventually(() => expect(service.pushed.length).toBe(sent + 1));
    await pushed.deliver(service.pushed[sent]?.payload ?? {});
    await device.getByText(t('trace.step.shown')).waitFor();
    await expectUsable('settings', dialog);
    await page.locator('.dialog-body').evaluate((body) => body.scrollTo(0, body.scrollHeight));
    await expectUsable('settings-end', dialog);
  });

  test('the dialog of one conversation and that of a trace can', async () => {
    const { page, t } = visitor;
    await page.goto(`/c/${groupId}?dialog=conversation-notifications:${groupId}`);
    await visitor.dialog(t('notify.conversation.title')).getByText('Trip').waitFor();
    await expectUsable('conversation', dialog);
    await page.goto(`/c/${groupId}`);
    await visitor.inMessageMenu(visitor.message('leaves at 9:40'), t('action.showTrace'));
    await visitor.dialog(t('trace.title')).locator('p').first().waitFor();
    await expectUsable('trace', dialog);
  });

  test('the page has no fault of its own', () => {
    expect(visitor.device.faults).toEqual([]);
  });
});

test('an iPhone gets three steps with pictures, and no button that does nothing', async () => {
  const visitor = await Visitor.open(browser, server.url, { ...phone, name: 'iphone', language: 'en' });
  const { page, t } = visitor;
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Safari/604.1' });
    Reflect.deleteProperty(globalThis, 'PushManager');
  });
  await quietSignIn(visitor, ana);
  await page.goto(`/c/${groupId}?dialog=settings:notifications`);
  await page.getByText(t('push.install')).waitFor();
  expect(await page.locator('.notify-install li svg').count()).toBe(3);
  expect(await visitor.button(t('push.turnOn')).count()).toBe(0);
  await visitor.picture('install');
  expect(await barriers(page)).toEqual([]);
  await visitor.device.close();
});

test('by keyboard: the centre opens, arrows move in it, Enter goes to the message, Escape closes', async () => {
  const visitor = await Visitor.open(browser, server.url, { ...desktop, name: 'keyboard', language: 'en' });
  const { page, t } = visitor;
  await quietSignIn(visitor, ana);
  await page.goto('/');
  await visitor.list.waitFor();
  const panel = page.getByRole('complementary', { name: t('centre.title') });
  await page.keyboard.press('Alt+Shift+N');
  const entry = panel.getByRole('button', { name: /leaves at 9:40/ });
  await entry.waitFor();
  await panel.locator('.found-message').first().focus();
  const focused = () =>
    page.evaluate(() => [...document.querySelectorAll('.found-message')].findIndex((one) => one === document.activeElement));
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe(1);
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toBe(0);
  await entry.focus();
  await page.keyboard.press('Enter');
  await visitor.message('leaves at 9:40').waitFor();
  await entry.focus();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  expect(visitor.device.faults).toEqual([]);
  await visitor.device.close();
});
