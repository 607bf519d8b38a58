import { beforeEach, describe, expect, test } from '@jest/globals';
import { onSubscriptionChange } from './on-subscription-change.ts';
import type { SubscriptionChanged } from './scope.ts';

let owner: string | null;
let publicKey: string | null;
let known: { endpoint: string } | null;
let calls: unknown[];
let isOffline: boolean;

beforeEach(() => {
  [owner, publicKey, known, calls, isOffline] = ['ana', Buffer.alloc(65, 1).toString('base64url'), null, [], false];
});

const shown = (endpoint: string) => ({
  endpoint,
  options: { applicationServerKey: new Uint8Array(Buffer.alloc(65, 1)).buffer },
  toJSON: () => ({ endpoint, keys: { p256dh: 'p', auth: 'a' } }),
});

const pushManager = {
  getSubscription: () => Promise.resolve(known && shown(known.endpoint)),
  subscribe: () => Promise.resolve(shown('https://push.example/new')),
};

const asked = <T>(answer: T, ...what: unknown[]): Promise<T> => {
  calls.push(what);
  return isOffline ? Promise.reject(new TypeError('offline')) : Promise.resolve(answer);
};

const account = {
  pushKey: (userId: string) => asked(publicKey, 'pushKey', userId),
  subscribe: (userId: string, subscription: object, former: string | null) => asked(undefined, userId, subscription, former),
};

const change = (oldSubscription: SubscriptionChanged['oldSubscription'] = null) =>
  onSubscriptionChange(
    { oldSubscription, waitUntil: () => undefined },
    { scope: { registration: { pushManager } as never }, ownerId: () => Promise.resolve(owner), account, language: 'ru' },
  );

const fieldsOf = (endpoint: string) => ({ kind: 'webpush', endpoint, keys: { p256dh: 'p', auth: 'a' }, language: 'ru' });

describe('a subscription that the browser took away', () => {
  test('is made anew and takes the place of the old one at the server', async () => {
    await change({ endpoint: 'https://push.example/old' });
    expect(calls.slice(1)).toEqual([['ana', fieldsOf('https://push.example/new'), 'https://push.example/old']]);
  });

  test('is confirmed where the browser has made another one itself, and said nothing of the old one', async () => {
    known = { endpoint: 'https://push.example/own' };
    await change();
    expect(calls.slice(1)).toEqual([['ana', fieldsOf('https://push.example/own'), null]]);
  });

  test('is nobody’s where nobody turned pushes on', async () => {
    owner = null;
    await change();
    expect(calls).toEqual([]);
  });

  test('is not made where the server sends none', async () => {
    publicKey = null;
    await change();
    expect(calls).toEqual([['pushKey', 'ana']]);
  });

  test('waits for the next start of the page where the server is out of reach', async () => {
    isOffline = true;
    await expect(change()).rejects.toThrow('offline');
  });
});
