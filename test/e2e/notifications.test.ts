import { jest } from '@jest/globals';
import type { Browser, CDPSession, Worker } from 'playwright-core';
import { openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { ServerProcess } from '../harness/process.ts';
import { type Actor, Team } from '../harness/team.ts';
import { Visitor } from '../harness/visitor.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let team: Team;
let boris: Actor;

beforeAll(async () => {
  server = await ServerProcess.createOnTestDatabase({});
  [browser] = await Promise.all([openBrowser(), server.start()]);
  team = await Team.create([server.url], server.dataDir);
  [, boris] = (await team.actors('ana', 'boris')) as [Actor, Actor];
});

afterAll(async () => {
  await team.leaves();
  await browser.close();
  await server.remove();
});

const look = { name: 'desktop', width: 1440, height: 900, language: 'en' } as const;
const phone = { name: 'phone', width: 390, height: 844, touch: true, language: 'ru' } as const;

async function signedIn(as: Visitor['look'] = look): Promise<Visitor> {
  const visitor = await Visitor.open(browser, server.url, as);
  await visitor.page.goto('/sign-in');
  await visitor.signIn('ana');
  return visitor;
}

/** The worker of the page, and what delivers pushes to it as a push service would. */
async function workerOf({ page }: Visitor): Promise<{ worker: Worker; push: (payload: object) => Promise<void> }> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first) resolve(first.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/service-worker.js');
    await navigator.serviceWorker.ready;
  });
  const registrationId = await registered;
  const worker = page.context().serviceWorkers()[0] ?? (await page.context().waitForEvent('serviceworker'));
  await worker.evaluate(screenOfTest);
  const push = async (payload: object) => {
    await session.send('ServiceWorker.deliverPushMessage', { origin: `${server.url}/`, registrationId, data: JSON.stringify(payload) });
  };
  return { worker, push };
}

interface Shown {
  readonly title: string;
  readonly tag: string;
}

interface WorkerOfTest {
  shown: (Shown & { readonly data: unknown; close(): void })[];
  readonly registration: object;
  readonly navigator: object;
}

/**
 * Runs in the worker: a browser without a screen refuses notifications, whatever it was granted, so they are shown here. It also ends a worker that
 * sets a badge, and with it what was put here.
 */
function screenOfTest(): void {
  const scope = globalThis as unknown as WorkerOfTest;
  scope.shown = [];
  Object.assign(scope.navigator, { setAppBadge: () => Promise.resolve(), clearAppBadge: () => Promise.resolve() });
  Object.assign(scope.registration, {
    getNotifications: () => Promise.resolve(scope.shown),
    showNotification: (title: string, { tag, data }: { tag: string; data: unknown }) => {
      const one = { title, tag, data, close: () => void (scope.shown = scope.shown.filter((other) => other !== one)) };
      scope.shown = [...scope.shown.filter((other) => other.tag !== tag), one];
      return Promise.resolve();
    },
  });
}

const shownBy = (worker: Worker): Promise<Shown[]> =>
  worker.evaluate(() => (globalThis as unknown as WorkerOfTest).shown.map(({ title, tag }) => ({ title, tag })));

const pushOf = (conversationId: string, seq: number, more: object = {}) => ({
  web_push: 8030,
  app_badge: 1,
  notification: {
    title: 'Boris',
    body: 'Lunch?',
    navigate: `${server.url}/c/${conversationId}/${String(seq)}`,
    tag: `e${String(seq)}`,
    lang: 'en',
  },
  eventId: `e${String(seq)}`,
  conversationId,
  seq,
  ...more,
});

test('a push is shown once, and the next one closes what was read elsewhere', async () => {
  const ana = await signedIn();
  const { worker, push } = await workerOf(ana);
  const direct = await boris.opens('direct', [await team.actor('ana')]);
  await push(pushOf(direct.id, 3));
  await push(pushOf(direct.id, 3));
  await eventually(async () => expect(await shownBy(worker)).toEqual([{ title: 'Boris', tag: 'e3' }]));
  await push(pushOf(direct.id, 4, { readUpTo: { [direct.id]: 3 } }));
  await eventually(async () => expect((await shownBy(worker)).map(({ tag }) => tag)).toEqual(['e4']));
  expect(ana.device.faults).toEqual([]);
  await ana.device.close();
});

test('a push that cannot be read shows something all the same', async () => {
  const ana = await signedIn();
  const { worker, push } = await workerOf(ana);
  await push({ from: 'another version' });
  await eventually(async () => expect(await shownBy(worker)).toEqual([{ title: 'Something new in Confab', tag: 'unknown' }]));
  await ana.device.close();
});

test.each([look, phone])(
  'the bell counts, the centre leads to the message, and reading on one device clears the other ($name)',
  async (as) => {
    const [ana, other] = [await signedIn(as), await signedIn()];
    const channel = await boris.opens('group', [await team.actor('ana')], { name: `Trip ${as.name}` });
    await boris.posts(channel.id, `@ana are you coming (${as.name})?`);
    const bell = (visitor: Visitor) => visitor.page.getByRole('button', { name: visitor.t('bell.unread', { count: 1 }) });
    await ana.goToList();
    await Promise.all([bell(ana).waitFor(), bell(other).waitFor()]);
    await ana.press(bell(ana));
    const panel = ana.page.getByRole('complementary', { name: ana.t('centre.title') });
    const entry = panel.getByRole('button', { name: new RegExp(`are you coming .${as.name}`) });
    await entry.waitFor();
    await ana.picture('centre');
    await ana.press(entry);
    await ana.message('are you coming').first().waitFor();
    await bell(other).waitFor({ state: 'detached' });
    expect([ana.device.faults, other.device.faults]).toEqual([[], []]);
    await Promise.all([ana.device.close(), other.device.close()]);
  },
);

test('a message says why it notified', async () => {
  const ana = await signedIn();
  const group = await boris.opens('group', [await team.actor('ana')], { name: 'Reasons' });
  await boris.posts(group.id, '@ana because of this');
  await ana.openConversation('Reasons');
  await ana.inMessageMenu(ana.message('because of this'), ana.t('action.showTrace'));
  const dialog = ana.dialog(ana.t('trace.title'));
  await dialog
    .getByText(/mention|among your notifications|read it/i)
    .first()
    .waitFor();
  await ana.picture('trace');
  await ana.device.close();
});
