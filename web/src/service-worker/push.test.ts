import { describe, expect, test } from '@jest/globals';
import { pathOf, readPush } from './push.ts';

const origin = 'https://chat.example.org';
const envelope = {
  web_push: 8030,
  app_badge: '3',
  notification: { title: 'Ana', body: 'Lunch?', navigate: `${origin}/c/lunch/7`, tag: 'event', lang: 'ru', icon: '/avatar' },
  eventId: 'event',
  receipt: 'receipt',
  cause: 'direct',
  conversationId: 'lunch',
  seq: 7,
  readUpTo: { lunch: 5, tea: 'no' },
};

const read = {
  eventId: 'event',
  title: 'Ana',
  body: 'Lunch?',
  language: 'ru',
  path: '/c/lunch/7',
  cause: 'direct',
  conversationId: 'lunch',
  seq: 7,
  icon: '/avatar',
  receipt: 'receipt',
  badge: 3,
  readUpTo: { lunch: 5 },
};

describe('what a push says', () => {
  test('stands in the declarative envelope and beside it', () => {
    expect(readPush(envelope, origin)).toEqual(read);
  });

  test('is the same where the browser has taken the envelope apart', () => {
    const { notification, web_push: _, ...data } = envelope;
    expect(readPush({ notification: { ...notification, data } }, origin)).toEqual(read);
  });

  test('may be no more than a title and a tag', () => {
    expect(readPush({ notification: { title: 'Ana', tag: 'event' } }, origin)).toEqual({
      ...{ eventId: 'event', title: 'Ana', body: '', language: 'en', path: '/', cause: null, conversationId: null },
      ...{ seq: null, icon: null, receipt: null, badge: null, readUpTo: {} },
    });
  });

  test.each([null, 'text', 7, [], {}, { notification: {} }, { notification: { title: 'Ana' } }, { notification: { tag: 'event' } }])(
    'is none in %j',
    (payload) => {
      expect(readPush(payload, origin)).toBeNull();
    },
  );

  test.each([-1, 1.5, '7x', {}, Infinity])('has no count in %j', (seq) => {
    expect(readPush({ ...envelope, seq }, origin)).toMatchObject({ seq: null });
  });
});

test.each([
  ['/c/lunch/7?panel=files', '/c/lunch/7?panel=files'],
  [`${origin}/c/lunch`, '/c/lunch'],
  ['https://elsewhere.example.org/c/lunch', '/'],
  ['//elsewhere.example.org', '/'],
  ['javascript:alert(1)', '/'],
  ['http://[', '/'],
  [null, '/'],
])('a press on what leads to %j goes to %j', (address, path) => {
  expect(pathOf(address, origin)).toBe(path);
});
