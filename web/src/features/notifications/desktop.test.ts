import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Events } from '../../../../client/events.ts';
import { Cell } from '../../../../client/readable.ts';
import { defaultUserSettings } from '../../../../src/contracts/user-setting-values.ts';
import type { App } from '../../app/app-context.tsx';
import { chatRoute, type Route } from '../../app/routes.ts';
import { loadTexts } from '../../shared/i18n/translate.ts';
import type { Notification as Entry } from '../../shared/model.ts';
import { startDesktop } from './desktop.ts';

beforeAll(() => loadTexts('notifications'));

interface Shown {
  readonly title: string;
  readonly options: NotificationOptions;
  readonly by: 'page' | 'worker';
  onclick?: () => void;
  close(): void;
}

let events: Events;
let attention: Cell<boolean>;
let route: Cell<Route>;
let settings: Record<string, unknown>;
let isLeader: boolean;
let isGranted: boolean;
let hasWorker: boolean;
let shown: Shown[];
let sounds: number;
let looks: (string | null)[];
let went: Route[];
const watched = new Map<string, string | null>();

beforeEach(() => {
  events = new Events();
  attention = new Cell(true);
  route = new Cell<Route>(chatRoute('lunch'));
  settings = { ...defaultUserSettings, 'notifications.sound': true };
  [isLeader, isGranted, hasWorker, shown, sounds, looks, went] = [true, true, false, [], 0, [], []];
  watched.clear();
  startDesktop(app(), {
    view: { focus: () => undefined, Notification: PageNotification as unknown as typeof Notification },
    browser: { isGranted: () => isGranted, knownWorker: () => Promise.resolve(hasWorker ? (worker as never) : null) },
    tabs: { watched, isLeader: () => isLeader, look: (id) => void looks.push(id) },
    playSound: () => Promise.resolve(void (sounds += 1)),
  });
});

function stands(title: string, options: NotificationOptions, by: Shown['by']): Shown {
  const one: Shown = { title, options, by, close: () => void (shown = shown.filter((other) => other !== one)) };
  shown.push(one);
  return one;
}

/** One made by `new` is what the page keeps. */
const PageNotification = function (title: string, options: NotificationOptions) {
  return stands(title, options, 'page');
};

const worker = {
  showNotification: (title: string, options: NotificationOptions) => Promise.resolve(void stands(title, options, 'worker')),
  getNotifications: ({ tag }: { tag: string }) => Promise.resolve(shown.filter(({ options }) => options.tag === tag)),
};

const app = () =>
  ({
    attention,
    language: new Cell('en'),
    navigation: { route, go: (to: Route) => void went.push(to) },
    client: {
      on: events.on,
      session: new Cell({ status: 'signed-in', user: { id: 'me' } }),
      settings: { get: () => settings },
      people: new Cell(new Map([['ana', { displayName: 'Ana' }]])),
      conversations: new Cell([{ id: 'trip', kind: 'group' }]),
    },
  }) as unknown as App;

const entry = {
  id: 'n1',
  eventId: 'e1',
  cause: 'message',
  conversationId: 'trip',
  seq: 7,
  actorId: 'ana',
  title: 'Trip',
  text: 'Who drives?',
};
const settled = () => new Promise((resolve) => setImmediate(resolve));
const notify = async (more: Partial<Entry> = {}) => {
  events.emit('notification', { ...entry, ...more } as Entry);
  await settled();
};
const readUpTo = async (seq: number) => {
  events.emit('notifications-read', { ids: null, conversationId: 'trip', upToSeq: seq, upToId: null, unread: 0 });
  await settled();
};

describe('the open page', () => {
  test('notifies and sounds; a press leads to the message', async () => {
    await notify();
    expect([shown.map(({ title, options }) => [title, options.body, options.tag]), sounds]).toEqual([
      [['Trip', 'Ana: Who drives?', 'e1']],
      1,
    ]);
    shown[0]?.onclick?.();
    expect([went, shown]).toEqual([[chatRoute('trip', 7)], []]);
  });

  test('shows it by the service worker where there is one, as a push is shown', async () => {
    hasWorker = true;
    await notify();
    expect(shown).toMatchObject([
      {
        by: 'worker',
        options: { tag: 'e1', data: { eventId: 'e1', path: '/c/trip/7', conversationId: 'trip', seq: 7, ownerId: 'me', language: 'en' } },
      },
    ]);
  });

  test.each([true, false])('takes it away when it was read on any device (service worker: %s)', async (has) => {
    hasWorker = has;
    await notify();
    await notify({ id: 'n2', eventId: 'e2', seq: 8 });
    await readUpTo(7);
    expect(shown.map(({ options }) => options.tag)).toEqual(['e2']);
  });

  test('does nothing in a tab that another one leads, nor where somebody looks at the conversation', async () => {
    isLeader = false;
    await notify();
    isLeader = true;
    watched.set('other tab', 'trip');
    await notify();
    expect([shown, sounds]).toEqual([[], 0]);
  });

  test('only sounds where it may not show, and only shows where the person wants no sound', async () => {
    isGranted = false;
    await notify();
    expect([shown.length, sounds]).toEqual([0, 1]);
    isGranted = true;
    settings['notifications.sound'] = false;
    await notify();
    expect([shown.length, sounds]).toEqual([1, 1]);
    settings['notifications.desktop'] = false;
    await notify();
    expect([shown.length, sounds]).toEqual([1, 1]);
  });

  test('hides the text where the person wants that', async () => {
    settings['notifications.showsText'] = false;
    await notify();
    expect(shown.map(({ title, options }) => [title, options.body])).toEqual([['Ana · Trip', '']]);
  });

  test('says to the other tabs what somebody looks at in this one', () => {
    route.set(chatRoute('trip'));
    attention.set(false);
    attention.set(true);
    route.set({ name: 'admin', section: 'overview' });
    expect(looks).toEqual(['lunch', 'trip', null, 'trip', null]);
  });
});
