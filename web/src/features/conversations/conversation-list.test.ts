import type { Conversation } from '../../shared/model.ts';
import { attentionCount, neighbourOf, sectionsOf } from './conversation-list.ts';

const conversation = (id: string, kind: Conversation['kind'], over: Partial<Conversation> = {}): Conversation => ({
  id,
  kind,
  name: id,
  topic: null,
  avatarUrl: null,
  visibility: 'private',
  lastSeq: 0,
  rev: 0,
  memberCount: 2,
  peerIds: null,
  createdBy: 'ana',
  createdAt: '2026-01-01T00:00:00.000Z',
  unread: 0,
  mentions: 0,
  lastReadSeq: 0,
  muted: false,
  role: 'member',
  lastMessage: null,
  ...over,
});
const list = [
  conversation('ben', 'direct', { unread: 2 }),
  conversation('general', 'channel'),
  conversation('crew', 'group', { unread: 5, mentions: 1, muted: true }),
];

test('channels stand before people and groups, each most recent first', () => {
  const { channels, messages } = sectionsOf(list, '', ({ id }) => id);
  expect([...channels, ...messages].map(({ id }) => id)).toEqual(['general', 'ben', 'crew']);
});

test('the filter looks at titles without case', () => {
  expect(sectionsOf(list, ' GEN', ({ id }) => id)).toMatchObject({ channels: [{ id: 'general' }], messages: [] });
});

test('neighbours go round the end', () => {
  expect(neighbourOf(list, 'crew', 1, 'any')?.id).toBe('general');
  expect(neighbourOf(list, 'general', -1, 'any')?.id).toBe('crew');
  expect(neighbourOf(list, null, 1, 'any')?.id).toBe('general');
});

test('the next unread one is never a muted one', () => {
  expect(neighbourOf(list, 'general', -1, 'unread')?.id).toBe('ben');
  expect(neighbourOf(list, 'ben', 1, 'unread')).toBeUndefined();
  expect(neighbourOf([], null, 1, 'any')).toBeUndefined();
});

test('muted conversations count their mentions only', () => {
  expect(attentionCount(list)).toBe(3);
});

test.each([
  ['ОБЩИЙ', 'Общий Чат'],
  ['елка', 'Ёлка'],
  ['cafe ole', 'Café\u00a0Olé'],
  ['санкт-п', 'Санкт‑Петербург'],
  ['don’t', "don't panic"],
])('“%s” finds a conversation named %s', (typed, name) => {
  expect(sectionsOf([conversation('one', 'channel', { name })], typed, (one) => one.name ?? '').channels).toHaveLength(1);
});
