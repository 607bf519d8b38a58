import { describe, expect, test } from '@jest/globals';
import type { Conversation, ConversationRule } from '../../shared/model.ts';
import { heldBackIds, isHeldBack, muteUntil, withRule } from './muted-now.ts';

const now = new Date('2026-01-31T12:00:00.000Z');
const later = '2026-01-31T12:00:01.000Z';
const rule = (change: Partial<ConversationRule>): ConversationRule => ({ conversationId: 'c1', level: null, mutedUntil: null, ...change });

describe('a conversation is held back', () => {
  test.each([
    [undefined, false],
    [rule({}), false],
    [rule({ level: 'mentions' }), false],
    [rule({ level: 'nothing' }), true],
    [rule({ mutedUntil: later }), true],
    [rule({ mutedUntil: now.toISOString() }), false],
  ])('by %j: %s', (chosen, expected) => {
    expect(isHeldBack(chosen, now)).toBe(expected);
  });

  test('and then shown as muted, by one and the same object', () => {
    const conversation = { id: 'c1', muted: false } as Conversation;
    const shown = withRule(conversation, rule({ level: 'nothing' }), now);
    expect(shown).toEqual({ id: 'c1', muted: true });
    expect(withRule(conversation, rule({ mutedUntil: later }), now)).toBe(shown);
    expect(withRule(conversation, undefined, now)).toBe(conversation);
  });

  test('of several by their ids', () => {
    const rules = new Map([rule({ level: 'nothing' }), rule({ conversationId: 'c2' })].map((one) => [one.conversationId, one]));
    expect(heldBackIds(rules, now)).toBe('c1');
  });
});

test('a time to mute ends after hours, or on the next morning by the reader’s clock', () => {
  expect(muteUntil('hour', now)).toBe('2026-01-31T13:00:00.000Z');
  expect(muteUntil('workday', now)).toBe('2026-01-31T20:00:00.000Z');
  const tomorrow = new Date(muteUntil('tomorrow', new Date(2026, 0, 31, 23, 59)));
  expect([tomorrow.getMonth(), tomorrow.getDate(), tomorrow.getHours(), tomorrow.getMinutes()]).toEqual([1, 1, 8, 0]);
});
