import fc from 'fast-check';
import { nameOrder } from '../../shared/format/name-order.ts';
import { completeMention, matchPeople, mentionQueryAt } from './mention-query.ts';

const byName = nameOrder('en');

test('a mention is being typed from the sign to the caret', () => {
  expect(mentionQueryAt('hi @An', 6)).toEqual({ start: 3, query: 'An' });
  expect(mentionQueryAt('@', 1)).toEqual({ start: 0, query: '' });
  expect(mentionQueryAt('mail ana@example', 16)).toBeNull();
  expect(mentionQueryAt('@ana done', 9)).toBeNull();
  expect(mentionQueryAt('你好@An', 5)).toEqual({ start: 2, query: 'An' });
});

test('completing puts the username and one space', () => {
  expect(completeMention('hi @An there', 6, 'ana')).toEqual({ text: '@ana ', from: 3, to: 7 });
  expect(completeMention('@', 1, 'ben')).toEqual({ text: '@ben ', from: 0, to: 1 });
  expect(completeMention('nothing', 3, 'ben')).toBeNull();
});

test('people are found by username first, then by any word of their name', () => {
  const people = [
    { username: 'zed', displayName: 'Мария Иванова' },
    { username: 'ivan', displayName: 'Ivan' },
    { username: 'maria', displayName: 'Maria' },
  ];
  expect(matchPeople(people, 'ив', { limit: 5, byName }).map((person) => person.username)).toEqual(['zed']);
  expect(matchPeople(people, 'i', { limit: 5, byName }).map((person) => person.username)).toEqual(['ivan']);
  expect(matchPeople(people, '', { limit: 2, byName })).toHaveLength(2);
});

test('a name with marks or an apostrophe is typed to its end', () => {
  expect(mentionQueryAt('@Пе\u0308т', 5)).toEqual({ start: 0, query: 'Пе\u0308т' });
  expect(mentionQueryAt('@O’Br', 5)).toEqual({ start: 0, query: 'O’Br' });
  expect(mentionQueryAt('@हिन्', 5)).toEqual({ start: 0, query: 'हिन्' });
});

test.each([
  ['петр', 'Пётр Волков'],
  ['lopez', 'Ana López'],
  ['rene', 'Chloé René'],
  ['o’b', "Mary O'Brien"],
  ['петербург', 'Отдел Санкт‑Петербург'],
  ['lukasz', 'Łukasz Nowak'],
])('“%s” finds %s', (typed, displayName) => {
  expect(matchPeople([{ username: 'x', displayName }], typed, { limit: 5, byName })).toHaveLength(1);
});

const word = fc.string({
  unit: fc.constantFrom(...Array.from('AnaПётрİßσςÉeŁøй’‑'), 'e\u0301', 'हि', '会', 'ｶﾞ', '👍🏽'),
  minLength: 1,
  maxLength: 6,
});
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

test('any beginning of any word of a name, as it is shown, finds the person', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), fc.nat(), fc.nat(), (words, which, length) => {
      const signs = Array.from(graphemes.segment(words[which % words.length] ?? ''), ({ segment }) => segment);
      const typed = signs.slice(0, 1 + (length % signs.length)).join('');
      expect(matchPeople([{ username: 'x', displayName: words.join(' ') }], typed, { limit: 1, byName })).toHaveLength(1);
    }),
  );
});

test('people are offered by name, numbers in names by their value', () => {
  const rooms = ['Room 10', 'Room 2', 'room 1'].map((displayName, at) => ({ username: `r${String(at)}`, displayName }));
  expect(matchPeople(rooms, 'room', { limit: 5, byName }).map(({ displayName }) => displayName)).toEqual(['room 1', 'Room 2', 'Room 10']);
});
