import { expect, test } from '@jest/globals';
import type { Notification } from '../../shared/model.ts';
import { desktopTextOf, isWatched } from './desktop-rules.ts';

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

test('a notification says who wrote where, and what unless texts are hidden', () => {
  const of = { name: 'Ana', cause: 'Mention', showsText: true };
  expect(desktopTextOf(entry, of)).toEqual({ title: 'Ana · Lunch', body: 'Soup today' });
  expect(desktopTextOf({ ...entry, title: 'Ana' }, of)).toEqual({ title: 'Ana', body: 'Soup today' });
  expect(desktopTextOf(entry, { ...of, showsText: false })).toEqual({ title: 'Ana · Lunch', body: 'Mention' });
  expect(desktopTextOf({ ...entry, text: '' }, { ...of, name: null })).toEqual({ title: 'Lunch', body: 'Mention' });
});
