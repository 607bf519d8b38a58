import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { ServerProcess } from '../harness/process.ts';
import { PushedBrowser } from '../harness/pushed-browser.ts';
import { quietSignIn } from '../harness/quiet-sign-in.ts';
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
  await quietSignIn(visitor, await team.actor('ana'));
  return visitor;
}

const shownBy = async (pushed: PushedBrowser) => (await pushed.shown()).map(({ title, tag }) => ({ title, tag }));

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
  const pushed = await PushedBrowser.of(ana.page);
  const direct = await boris.opens('direct', [await team.actor('ana')]);
  await pushed.deliver(pushOf(direct.id, 3));
  await pushed.deliver(pushOf(direct.id, 3));
  await eventually(async () => expect(await shownBy(pushed)).toEqual([{ title: 'Boris', tag: 'e3' }]));
  await pushed.deliver(pushOf(direct.id, 4, { readUpTo: { [direct.id]: 3 } }));
  await eventually(async () => expect((await shownBy(pushed)).map(({ tag }) => tag)).toEqual(['e4']));
  expect(ana.device.faults).toEqual([]);
  await ana.device.close();
});

test('a push that cannot be read shows something all the same', async () => {
  const ana = await signedIn();
  const pushed = await PushedBrowser.of(ana.page);
  await pushed.deliver({ from: 'another version' });
  await eventually(async () => expect(await shownBy(pushed)).toEqual([{ title: 'Something new in Confab', tag: 'unknown' }]));
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

test('@here is a mention of those alone who were there', async () => {
  const [ana, away] = [await signedIn(), await team.actor('dora')];
  const group = await boris.opens('group', [await team.actor('ana'), away], { name: 'Kitchen' });
  await boris.posts(group.id, '@here the soup is ready');
  await ana.openConversation('Kitchen');
  const marked = (visitor: Visitor) => visitor.message('the soup is ready').locator('.mention-me');
  await marked(ana).waitFor();
  const dora = await Visitor.open(browser, server.url, look);
  await dora.page.goto('/sign-in');
  await dora.signIn('dora');
  await dora.openConversation('Kitchen');
  await dora.message('the soup is ready').locator('.mention').waitFor();
  expect(await marked(dora).count()).toBe(0);
  await Promise.all([ana.device.close(), dora.device.close()]);
});
