import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Trace } from '../../client/index.ts';
import { openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { ServerProcess } from '../harness/process.ts';
import { PushedBrowser } from '../harness/pushed-browser.ts';
import { PushService, type Pushed, type Subscription } from '../harness/push-service.ts';
import { quietSignIn } from '../harness/quiet-sign-in.ts';
import { type Actor, Team } from '../harness/team.ts';
import { Visitor } from '../harness/visitor.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let service: PushService;
let browser: Browser;
let team: Team;

beforeAll(async () => {
  // The push service of the test stands on this machine, without TLS.
  server = await ServerProcess.createOnTestDatabase({ CONFAB_PUSH_ALLOW_PRIVATE: 'on' });
  [browser, service] = await Promise.all([openBrowser(), PushService.open(), server.start()]);
  team = await Team.create([server.url], server.dataDir);
});

afterAll(async () => {
  await team.leaves();
  await browser.close();
  await service.stop();
  await server.remove();
});

const desktop = { name: 'desktop', width: 1440, height: 900, language: 'en' } as const;
const phone = { name: 'phone', width: 390, height: 844, touch: true, language: 'ru' } as const;

interface Away {
  readonly visitor: Visitor;
  readonly subscription: Subscription;
  readonly pushed: PushedBrowser;
}

/** The person turned pushes on in this browser, and has left the page. Nothing waits for them to come back to it. */
async function away(person: Actor, as: Visitor['look']): Promise<Away> {
  await person.api.ok('PUT', '/presence/me', { status: 'away' });
  const visitor = await Visitor.open(browser, server.url, as);
  const subscription = service.subscribe();
  await PushedBrowser.prepare(visitor.page, subscription);
  await quietSignIn(visitor, person);
  await visitor.page.goto('/?dialog=settings:notifications');
  await visitor.press(visitor.button(visitor.t('push.turnOn')));
  await visitor.button(visitor.t('push.turnOff')).waitFor();
  const pushed = await PushedBrowser.of(visitor.page);
  await visitor.page.goto('about:blank');
  return { visitor, subscription, pushed };
}

/** What the server sent to this browser, in the order of its coming. */
const sentTo = ({ endpoint }: Subscription): Pushed[] => service.pushed.filter((one) => one.endpoint === endpoint);

/** The next push of the server, delivered to the browser; answers its tag. */
async function delivered({ subscription, pushed }: Away, number: number): Promise<string> {
  await eventually(() => expect(sentTo(subscription)).toHaveLength(number));
  const payload = sentTo(subscription)[number - 1]?.payload ?? {};
  await pushed.deliver(payload);
  const { tag } = payload['notification'] as { tag: string };
  await eventually(async () => expect((await pushed.shown()).map((one) => one.tag)).toContain(tag));
  return tag;
}

const traceOf = (person: Actor, messageId: string): Promise<Trace> => person.api.ok('GET', `/notifications/trace?messageId=${messageId}`);

test.each([desktop, phone])('a message to a person who is away is pushed once, and a press leads to it ($name)', async (as) => {
  const [me, writer] = await team.actors(`ana.${as.name}`, `boris.${as.name}`);
  const direct = await writer.opens('direct', [me]);
  const group = await writer.opens('group', [me], { name: 'Trip' });
  const device = await away(me, as);
  const { visitor, pushed, subscription } = device;
  await writer.posts(group.id, 'The train leaves at 9:40.');
  const { id: messageId } = await writer.posts(direct.id, 'Do you have the **tickets**?');
  const first = await delivered(device, 1);
  const second = await delivered(device, 2);
  expect((await pushed.shown()).map(({ title, body }) => [title, body])).toEqual([
    ['Trip', `${writer.name}: The train leaves at 9:40.`],
    [writer.name, 'Do you have the tickets?'],
  ]);
  await eventually(async () => {
    const [delivery] = (await traceOf(me, messageId)).deliveries;
    // The browser may be faster than what stores the answer of the service.
    expect(delivery?.steps.map(({ step }) => step).sort()).toEqual(['accepted', 'queued', 'shown']);
  });
  await pushed.press(first);
  expect(await pushed.opened()).toEqual([`/c/${group.id}/1`]);
  await visitor.page.goto(`/c/${group.id}/1`);
  await visitor.message('The train').waitFor();
  await pushed.press(second);
  await visitor.sent('Do you have the tickets').waitFor();
  expect(new URL(visitor.page.url()).pathname).toBe(`/c/${direct.id}/1`);
  expect(sentTo(subscription)).toHaveLength(2);
  expect(visitor.device.faults).toEqual([]);
  await visitor.device.close();
});

test('reading on one device clears the other: an open page at once, a closed one with its next push', async () => {
  const [me, writer] = await team.actors('anna', 'berta');
  const [lunch, trip] = [await writer.opens('group', [me]), await writer.opens('group', [me], { name: 'Trip' })];
  const device = await away(me, phone);
  const { visitor, pushed } = device;
  for (const [number, { id }] of [lunch, trip].entries()) {
    await writer.posts(id, 'Who comes?');
    await delivered(device, number + 1);
  }
  const other = await Visitor.open(browser, server.url, desktop);
  await quietSignIn(other, me);
  await other.openConversation('Lunch');
  await eventually(async () => expect((await me.seesInList(lunch.id))?.lastReadSeq).toBe(1));
  await writer.posts(trip.id, 'And who drives?');
  // The third push was the notice of the other browser.
  await delivered(device, 4);
  expect((await pushed.shown()).map(({ title }) => title)).toEqual(['Trip', 'Trip']);
  await visitor.page.goto('/');
  await visitor.list.waitFor();
  await other.openConversation('Trip');
  await eventually(async () => expect(await pushed.shown()).toEqual([]));
  expect([visitor.device.faults, other.device.faults]).toEqual([[], []]);
  await Promise.all([visitor.device.close(), other.device.close()]);
});

test('what was read while no page was open is cleared by the next one', async () => {
  const [me, writer] = await team.actors('alma', 'bruno');
  const direct = await writer.opens('direct', [me]);
  const device = await away(me, desktop);
  await writer.posts(direct.id, 'Hello?');
  await delivered(device, 1);
  await me.api.ok('PUT', `/conversations/${direct.id}/read`, { seq: 1 });
  await device.visitor.page.goto('/');
  await eventually(async () => expect(await device.pushed.shown()).toEqual([]));
  await device.visitor.device.close();
});

test('the buttons of a notification answer and mark as read, without a page', async () => {
  const [me, writer] = await team.actors('aida', 'blanka');
  const direct = await writer.opens('direct', [me]);
  const device = await away(me, phone);
  await writer.posts(direct.id, 'Soup or salad?');
  const tag = await delivered(device, 1);
  expect((await device.pushed.shown()).map(({ actions }) => actions)).toEqual([['Ответить', 'Прочитано']]);
  await device.pushed.press(tag, { action: 'reply', reply: 'Soup!' });
  await eventually(async () => expect((await writer.reads(direct.id)).map(({ text }) => text)).toEqual(['Soup or salad?', 'Soup!']));
  await writer.posts(direct.id, 'Bread with it?');
  await device.pushed.press(await delivered(device, 2), { action: 'read' });
  await eventually(async () => expect((await me.seesInList(direct.id))?.lastReadSeq).toBe(3));
  expect(await device.pushed.shown()).toEqual([]);
  expect(await me.api.ok('GET', '/notifications')).toMatchObject({ unread: 0 });
  await device.visitor.device.close();
});
