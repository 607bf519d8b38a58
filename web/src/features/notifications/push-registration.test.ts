import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Client } from '../../../../client/index.ts';
import type { BrowserSays, PushBrowser } from './push-browser.ts';
import { PushRegistration } from './push-registration.ts';

/** 65 bytes, as a key of P-256 has. */
const keyOf = (seed: number) => Buffer.alloc(65, seed).toString('base64url');

let says: BrowserSays;
let permission: NotificationPermission;
let answer: NotificationPermission;
let owner: string | null;
let publicKey: string | null;
let calls: [name: string, input: unknown][];
let isOffline: boolean;
let subscription: { endpoint: string; key: string } | null;
let subscriptions: number;
let closed: number;
let registration: PushRegistration;

beforeEach(() => {
  [says, permission, answer, owner, publicKey] = ['possible', 'default', 'granted', null, keyOf(1)];
  [calls, isOffline, subscription, subscriptions, closed] = [[], false, null, 0, 0];
  registration = new PushRegistration({
    client: { call: call as unknown as Client['call'] },
    browser,
    owner: { get: () => Promise.resolve(owner), set: (userId) => Promise.resolve(void (owner = userId)) },
    language: () => 'ru',
  });
});

const call = ({ name }: { name: string }, input: unknown) => {
  calls.push([name.replace('notifications.', ''), input]);
  if (isOffline) return Promise.reject(new TypeError('offline'));
  return Promise.resolve(name.endsWith('getPushKey') ? { publicKey, fcm: false } : {});
};

const shown = () => ({
  endpoint: subscription?.endpoint ?? '',
  options: { applicationServerKey: new Uint8Array(Buffer.from(subscription?.key ?? '', 'base64url')).buffer },
  toJSON: () => ({ endpoint: subscription?.endpoint, keys: { p256dh: 'p', auth: 'a' } }),
  unsubscribe: () => Promise.resolve(void (subscription = null)),
});

const worker = {
  showNotification: () => Promise.resolve(),
  getNotifications: () => Promise.resolve([{ close: () => void (closed += 1) }]),
  pushManager: {
    getSubscription: () => Promise.resolve(subscription === null ? null : shown()),
    subscribe: ({ applicationServerKey }: { applicationServerKey: string }) => {
      subscription = { endpoint: `https://push.example/${String(++subscriptions)}`, key: applicationServerKey };
      return Promise.resolve(shown());
    },
  },
};

const browser: PushBrowser = {
  says: () => (permission === 'denied' ? 'denied' : says),
  isGranted: () => permission === 'granted',
  ask: () => Promise.resolve((permission = answer)),
  worker: () => Promise.resolve(worker as unknown as ServiceWorkerRegistration),
  knownWorker: () => Promise.resolve(worker as unknown as ServiceWorkerRegistration),
};

const added = (endpoint: string) => ['addSubscription', { kind: 'webpush', endpoint, keys: { p256dh: 'p', auth: 'a' }, language: 'ru' }];

describe('pushes of a browser', () => {
  test('are not asked for before the person turns them on', async () => {
    await registration.start('ana');
    expect([registration.state.get(), calls, permission]).toEqual(['off', [], 'default']);
    await registration.turnOn('ana');
    expect(registration.state.get()).toBe('on');
    expect([calls.at(-1), owner]).toEqual([added('https://push.example/1'), 'ana']);
  });

  test.each(['unsupported', 'install'] as const)('are %s where the browser says so', async (state) => {
    says = state;
    await registration.start('ana');
    expect(registration.state.get()).toBe(state);
  });

  test('are off where the person closes the question, and denied where they refuse', async () => {
    answer = 'default';
    await registration.turnOn('ana');
    expect(registration.state.get()).toBe('off');
    answer = 'denied';
    await registration.turnOn('ana');
    expect([registration.state.get(), calls]).toEqual(['denied', []]);
  });

  test('are confirmed at each start with the subscription that is there', async () => {
    await registration.turnOn('ana');
    calls = [];
    await registration.start('ana');
    expect([registration.state.get(), calls.at(-1), subscriptions]).toEqual(['on', added('https://push.example/1'), 1]);
  });

  test('are subscribed anew where the team has another key, or the browser lost the subscription', async () => {
    await registration.turnOn('ana');
    publicKey = keyOf(2);
    await registration.start('ana');
    expect(calls.at(-1)).toEqual(added('https://push.example/2'));
    subscription = null;
    await registration.start('ana');
    expect(calls.at(-1)).toEqual(added('https://push.example/3'));
  });

  test('are off again where the person took the permission back', async () => {
    await registration.turnOn('ana');
    permission = 'denied';
    await registration.start('ana');
    expect(registration.state.get()).toBe('denied');
  });

  test('that another person turned on end when the next one comes', async () => {
    await registration.turnOn('ana');
    await registration.start('boris');
    expect([registration.state.get(), owner, subscription, closed]).toEqual(['off', null, null, 1]);
  });

  test('are unsupported where the server sends none', async () => {
    publicKey = null;
    await registration.turnOn('ana');
    expect([registration.state.get(), subscriptions]).toEqual(['unsupported', 0]);
  });

  test('end at the server before they end here', async () => {
    await registration.turnOn('ana');
    await registration.turnOff();
    expect([calls.at(-1), registration.state.get(), subscription]).toEqual([
      ['removeEndpoint', { endpoint: 'https://push.example/1' }],
      'off',
      null,
    ]);
  });

  test('stay on where the server does not answer, and end all the same at a sign-out', async () => {
    await registration.turnOn('ana');
    isOffline = true;
    await expect(registration.turnOff()).rejects.toThrow('offline');
    expect([registration.state.get(), owner]).toEqual(['on', 'ana']);
    await registration.leave();
    expect([owner, subscription, closed]).toEqual([null, null, 1]);
  });
});
