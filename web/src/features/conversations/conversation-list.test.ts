import { nameOrder } from '../../shared/format/name-order.ts';
import type { Conversation } from '../../shared/model.ts';
import { attentionCount, neighbourOf } from './conversation-list.ts';
import { ConversationOrder } from './conversation-order.ts';

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

const shown = (
  order: ConversationOrder,
  conversations: readonly Conversation[],
  openId: string | null = null,
  words = '',
  locale = 'en',
) => {
  const sections = order.sections(conversations, { openId, words, title: ({ name }) => name ?? '', byName: nameOrder(locale) });
  return {
    unread: sections.unread.map(({ id }) => id),
    channels: sections.channels.map(({ id }) => id),
    direct: sections.direct.map(({ id }) => id),
  };
};
const sections = (words: string) => shown(new ConversationOrder(), list, null, words);

test('what waits stands first, then channels, then people and groups, by title', () => {
  const more = [
    ...list,
    conversation('zoe', 'direct'),
    conversation('Ёжик', 'channel'),
    conversation('Енот', 'channel'),
    conversation('anna', 'group'),
  ];
  expect(shown(new ConversationOrder(), more)).toEqual({
    unread: ['ben', 'crew'],
    channels: ['general', 'Ёжик', 'Енот'],
    direct: ['anna', 'zoe'],
  });
});

test('numbers in titles count by their value, and another language sorts anew', () => {
  const order = new ConversationOrder();
  const channels = ['Group 10', 'Group 2', 'Группа 1'].map((name) => conversation(name, 'channel'));
  expect(shown(order, channels).channels).toEqual(['Group 2', 'Group 10', 'Группа 1']);
  expect(shown(order, channels, null, '', 'ru').channels).toEqual(['Группа 1', 'Group 2', 'Group 10']);
});

test('a new message moves nothing among those that are read', () => {
  const order = new ConversationOrder();
  const before = [conversation('b', 'channel'), conversation('a', 'channel')];
  const message = { createdAt: '2026-02-01T00:00:00.000Z' } as Conversation['lastMessage'];
  expect(shown(order, before).channels).toEqual(['a', 'b']);
  expect(shown(order, [conversation('b', 'channel', { lastMessage: message }), conversation('a', 'channel')]).channels).toEqual(['a', 'b']);
});

test('the unread ones keep the order in which they came, whatever comes in after', () => {
  const order = new ConversationOrder();
  const at = (day: number) => ({ createdAt: `2026-02-0${String(day)}T00:00:00.000Z` }) as Conversation['lastMessage'];
  const a = conversation('a', 'channel', { unread: 1, lastMessage: at(2) });
  const b = conversation('b', 'direct', { unread: 1, lastMessage: at(1) });
  expect(shown(order, [a, b]).unread).toEqual(['b', 'a']);
  const c = conversation('c', 'channel', { unread: 1, lastMessage: at(3) });
  expect(shown(order, [c, { ...b, unread: 2, lastMessage: at(4) }, a]).unread).toEqual(['b', 'a', 'c']);
});

test('a conversation opened from the unread ones stays there until another is opened', () => {
  const order = new ConversationOrder();
  const waiting = conversation('a', 'channel', { unread: 1 });
  const read = conversation('a', 'channel');
  shown(order, [waiting]);
  expect(shown(order, [read], 'a').unread).toEqual(['a']);
  expect(shown(order, [read], 'b')).toMatchObject({ unread: [], channels: ['a'] });
});

test('a muted conversation waits only for a mention', () => {
  const muted = conversation('a', 'channel', { unread: 3, muted: true });
  expect(shown(new ConversationOrder(), [muted]).unread).toEqual([]);
  expect(shown(new ConversationOrder(), [{ ...muted, mentions: 1 }]).unread).toEqual(['a']);
});

test('the order of hundreds does not depend on the order in which they come', () => {
  const order = new ConversationOrder();
  const many = Array.from({ length: 505 }, (_, n) => conversation(`c${String(n)}`, n % 2 ? 'channel' : 'direct'));
  expect(shown(order, [...many].reverse())).toEqual(shown(order, many));
});

test('the filter looks at titles without case', () => {
  expect(sections(' GEN')).toEqual({ unread: [], channels: ['general'], direct: [] });
});

test('neighbours go round the end', () => {
  expect(neighbourOf(list, 'crew', 1, 'any')?.id).toBe('ben');
  expect(neighbourOf(list, 'ben', -1, 'any')?.id).toBe('crew');
  expect(neighbourOf(list, null, 1, 'any')?.id).toBe('ben');
});

test('the next unread one is a muted one only for a mention', () => {
  expect(neighbourOf(list, 'general', -1, 'unread')?.id).toBe('ben');
  expect(neighbourOf(list, 'general', 1, 'unread')?.id).toBe('crew');
  const quiet = list.map((one) => ({ ...one, mentions: 0 }));
  expect(neighbourOf(quiet, 'ben', 1, 'unread')).toBeUndefined();
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
  expect(shown(new ConversationOrder(), [conversation('one', 'channel', { name })], null, typed).channels).toEqual(['one']);
});
