import { beforeEach, describe, expect, test } from '@jest/globals';
import { onPush } from './on-push.ts';
import { ScopeOfTest } from './worker.fixture.ts';

let around: ScopeOfTest;
let confirmed: string[];
let fails: boolean;

beforeEach(() => {
  around = new ScopeOfTest();
  confirmed = [];
  fails = false;
});

const payload = (more: object = {}) => ({
  app_badge: 2,
  notification: { title: 'Ana', body: 'Lunch?', navigate: '/c/lunch/7', tag: 'e7', lang: 'en' },
  ...{ eventId: 'e7', receipt: 'r7', conversationId: 'lunch', seq: 7, ...more },
});

const receive = (json: () => unknown, notification: { data?: unknown } | null = null) =>
  onPush(
    { data: { json }, notification, waitUntil: () => undefined },
    {
      scope: around.scope,
      language: 'ru',
      ownerId: () => (fails ? Promise.reject(new Error('no database')) : Promise.resolve('me')),
      confirmShown: (receipt) => (fails ? Promise.reject(new TypeError('offline')) : Promise.resolve(void confirmed.push(receipt))),
    },
  );

describe('a push', () => {
  test('shows who wrote what, sets the badge, and says that it was shown', async () => {
    await receive(() => payload());
    expect(around.shown).toMatchObject([{ title: 'Ana', tag: 'e7', options: { body: 'Lunch?', lang: 'en', icon: '/icon-192.png' } }]);
    expect(around.shown[0]?.data).toEqual({
      eventId: 'e7',
      path: '/c/lunch/7',
      conversationId: 'lunch',
      seq: 7,
      language: 'en',
      ownerId: 'me',
    });
    expect(around.shown[0]?.options.actions?.map(({ action, title }) => [action, title])).toEqual([
      ['reply', 'Reply'],
      ['read', 'Mark as read'],
    ]);
    expect([around.badge, confirmed]).toEqual([2, ['r7']]);
  });

  test('that comes twice shows one notification', async () => {
    await receive(() => payload());
    await receive(() => payload());
    expect(around.shown).toHaveLength(1);
  });

  test('closes what was read elsewhere, and nothing else', async () => {
    await receive(() => payload());
    await receive(() => payload({ eventId: 'e9', notification: { title: 'Ana', tag: 'e9' }, seq: 9 }));
    await receive(() => payload({ eventId: 'e3', notification: { title: 'Ana', tag: 'e3' }, conversationId: 'tea', seq: 3 }));
    await receive(() => payload({ eventId: 'e4', notification: { title: 'Ana', tag: 'e4' }, seq: 10, readUpTo: { lunch: 7 } }));
    expect(around.shown.map(({ tag }) => tag)).toEqual(['e9', 'e3', 'e4']);
  });

  test('takes the badge away where nothing is unread', async () => {
    await receive(() => payload({ app_badge: '0' }));
    expect(around.badge).toBe(0);
  });

  test('shows something, whatever is in it', async () => {
    await receive(() => {
      throw new SyntaxError('no JSON');
    });
    await receive(() => ({ from: 'another version' }));
    expect(around.shown).toMatchObject([{ title: 'Новое в Confab', data: { path: '/' } }]);
    expect(confirmed).toEqual([]);
  });

  test('shows something where the system knows no actions, and the browser neither a database nor a network', async () => {
    around.refuses = 'actions';
    await receive(() => payload());
    fails = true;
    await receive(() => payload({ eventId: 'e8', notification: { title: 'Ana', tag: 'e8' } }));
    expect(around.shown.map(({ tag, options }) => [tag, 'actions' in options])).toEqual([
      ['e7', false],
      ['e8', false],
    ]);
    expect(around.shown[1]?.data).toMatchObject({ ownerId: null });
  });

  test('is read from the notification where the browser has read the envelope itself', async () => {
    const { notification, ...data } = payload();
    await receive(() => null, { ...notification, data });
    expect(around.shown).toMatchObject([{ title: 'Ana', tag: 'e7' }]);
  });
});
