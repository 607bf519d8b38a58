import { expect, test } from '@jest/globals';
import type { ChannelStatus } from '../../../../client/index.ts';
import { loadTexts, translator } from '../../shared/i18n/translate.ts';
import { byMost, dayBounds, figuresOf, isTooLate, ruleText, stateText, waitIn, whatText } from './delivery-words.ts';

await loadTexts('admin', 'notifications');
const t = translator('en');

test('a rule and a cause are said in words, and a service speaks for itself', () => {
  expect(ruleText(t, 'quiet_hours')).toBe('Quiet hours');
  expect(ruleText(t, 'direct')).toBe('Direct message');
  expect(ruleText(t, '403 BadJwtToken')).toBe('403 BadJwtToken');
  expect(ruleText(t, 'constructor')).toBe('constructor');
});

test('a notification is named by what caused it, or by what happened', () => {
  expect(whatText(t, { cause: 'mention', kind: 'message' })).toBe('Mention');
  expect(whatText(t, { cause: null, kind: 'edit' })).toBe('New message');
  expect(whatText(t, { cause: null, kind: 'invite' })).toBe('Invitation');
  expect(stateText(t, 'waiting')).toBe('Waiting to be sent');
});

test('the most frequent come first, and what did not happen is left out', () => {
  expect(byMost({ read: 2, dnd: 0, muted: 7, expired: 2 })).toEqual([
    ['muted', 7],
    ['expired', 2],
    ['read', 2],
  ]);
});

test('figures of what went wrong stand there where there are any', () => {
  const none = { made: 3, accepted: 3, shown: 0, retried: 0, gone: 0, refused: 0, dead: 0, cancelledBy: {}, medianMs: null };
  const status: ChannelStatus = { channel: 'push', off: null, waiting: 1, figures: none };
  expect(figuresOf(status).map(([key]) => key)).toEqual(['channel.accepted', 'channel.waiting']);
  expect(figuresOf({ ...status, figures: { ...none, shown: 1, refused: 2 } })).toEqual([
    ['channel.accepted', 3],
    ['channel.shown', 1],
    ['channel.waiting', 1],
    ['channel.refused', 2],
  ]);
});

test('a wait is said in seconds and minutes', () => {
  expect([40, 440, 12_400, 905_000].map((ms) => waitIn('en', ms))).toEqual(['0 sec', '0.4 sec', '12 sec', '15 min']);
});

test('a day lasts from its midnight to the next one, also where the clock changes; no day bounds nothing', () => {
  const { from = '', to = '' } = dayBounds('2026-03-29');
  expect([new Date(from).getHours(), new Date(from).getDate(), new Date(to).getDate()]).toEqual([0, 29, 29]);
  expect(new Date(new Date(to).getTime() + 1).getHours()).toBe(0);
  expect([dayBounds(''), dayBounds('never')]).toEqual([{}, {}]);
});

test('what has ended is too late from its last moment', () => {
  const failure = { expiresAt: '2026-01-31T12:00:00.000Z' };
  expect(isTooLate(failure, new Date('2026-01-31T11:59:59.999Z'))).toBe(false);
  expect(isTooLate(failure, new Date('2026-01-31T12:00:00.000Z'))).toBe(true);
});
