import { expect, test } from '@jest/globals';
import type { Notification } from '../../shared/model.ts';
import { isWatched } from './desktop-rules.ts';

const entry = { conversationId: 'lunch', title: 'Lunch', text: 'Soup today' } as Notification;

test('a conversation that a tab of ours shows to somebody is watched', () => {
  expect(isWatched(entry, new Map([['tab', 'tea']]))).toBe(false);
  expect(
    isWatched(
      entry,
      new Map([
        ['tab', 'tea'],
        ['other', 'lunch'],
      ]),
    ),
  ).toBe(true);
  expect(isWatched({ ...entry, conversationId: null }, new Map([['tab', null]]))).toBe(false);
});
