import { defaultUserSettings } from '../../../contracts/user-setting-values.ts';
import { preferencesOf } from '../present.ts';
import type { KnownMessage, KnownPerson } from './occurrence.ts';
import { verdictOf } from './verdict.ts';

const now = Date.parse('2026-01-31T12:00:00.000Z');
const defaults = preferencesOf(defaultUserSettings);
const message: KnownMessage = {
  seq: 5,
  senderId: 'ana',
  text: 'The release is out',
  kind: 'channel',
  isDeleted: false,
  mentions: new Set(),
  repliesTo: null,
  followers: new Set(),
};
const boris: KnownPerson = { userId: 'boris', account: { preferences: defaults }, member: { lastReadSeq: 4, muted: false }, rule: null };
const of = (changed: Partial<KnownMessage>, person: Partial<KnownPerson> = {}) => {
  const verdict = verdictOf({ ...message, ...changed }, { ...boris, ...person }, now);
  return verdict.isNotified ? verdict.cause : verdict.reason;
};
const named = new Set(['boris']);
const prefers = (preferences: Partial<typeof defaults>) => ({ account: { preferences: { ...defaults, ...preferences } } });

test('of several causes the strongest is named', () => {
  const all = { mentions: named, repliesTo: 'boris', followers: named };
  const words = prefers({ keywords: ['release'] });
  expect(of(all, words)).toBe('mention');
  expect(of({ ...all, mentions: new Set() }, words)).toBe('reply');
  expect(of({ followers: named }, words)).toBe('thread');
  expect(of({}, words)).toBe('keyword');
  expect(of({ kind: 'direct' })).toBe('direct');
  expect(of({ kind: 'group' })).toBe('message');
});

test('a level for the conversation stands in place of the default of its kind', () => {
  expect(of({})).toBe('level_mentions');
  expect(of({}, { rule: { level: 'all', mutedUntil: null } })).toBe('message');
  expect(of({ mentions: named }, { rule: { level: 'nothing', mutedUntil: null } })).toBe('level_nothing');
  expect(verdictOf(message, boris, now)).toMatchObject({ isDefault: true });
  expect(verdictOf(message, { ...boris, rule: { level: 'mentions', mutedUntil: null } }, now)).toMatchObject({ isDefault: false });
});

test('threads notify nobody who does not want it', () => {
  expect(of({ followers: named }, prefers({ threads: false }))).toBe('level_mentions');
});

test('muted holds back what mentions too, until its time is over', () => {
  expect(of({ mentions: named }, { member: { lastReadSeq: 0, muted: true } })).toBe('muted');
  expect(of({ mentions: named }, { rule: { level: null, mutedUntil: '2026-01-31T12:00:00.001Z' } })).toBe('muted_until');
  expect(of({ mentions: named }, { rule: { level: null, mutedUntil: '2026-01-31T12:00:00.000Z' } })).toBe('mention');
});

test('nobody is notified of what they wrote, have read, or cannot read', () => {
  expect(of({ senderId: 'boris', mentions: named })).toBe('own');
  expect(of({ mentions: named }, { member: { lastReadSeq: 5, muted: false } })).toBe('read');
  expect(of({ mentions: named }, { member: null })).toBe('no_member');
  expect(of({ mentions: named }, { account: null })).toBe('account_closed');
  expect(of({ mentions: named, isDeleted: true })).toBe('message_deleted');
});
