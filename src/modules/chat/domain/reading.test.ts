import fc from 'fast-check';
import { plainText } from '../../../text/plain.ts';
import { conditionsOf, formerIndexTermsOf, indexTermsOf, lackedTermsOf } from './index-terms.ts';
import { matches } from './matching.ts';
import { readingOf, shownOf } from './reading.ts';
import { cutTerm, formerWordsOf, queryOf, termsOf, wordsBefore, wordsOf } from './terms.ts';

test.each([
  ['please _review_ the *plan*', 'please review the plan'],
  ['the **release** ~~notes~~', 'the release notes'],
  ['||Тайна||', 'тайна'],
  ['`code_word` user_name', 'code_word user_name'],
  ['[Docs](https://example.org/Guide)', 'docs https://example.org/guide'],
  ['see https://example.org/a_b', 'see https://example.org/a_b'],
  ['```js\nlet x\n```', 'let x js'],
])('“%s” is read as “%s”', (text, reading) => {
  expect(readingOf(text)).toBe(reading);
});

const piece = fc.constantFrom(
  ...[
    'café',
    'Ёлка',
    'review',
    'встречи',
    'don’t',
    'user_name',
    'Санкт‑Петербург',
    '会議室',
    'ana@example.org',
    'a.b',
    'https://x.org/y_z',
    'x',
  ],
  ...[
    '_',
    '__',
    '*',
    '**',
    '~~',
    '||',
    '`',
    '```',
    '"',
    '«',
    '»',
    '#',
    '# ',
    '> ',
    '- ',
    '[',
    '](https://x.org/q)',
    '|',
    '\\',
    '<',
    '!',
    '.',
  ],
  ...[' ', ' ', ' ', '\n', '\u00a0', '\u00ad', '\u200b', '(', ')'],
);
const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

test('a text without marks is read as it is shown', () => {
  fc.assert(
    fc.property(text, (one) => {
      if (/[*_~`|[<>#\\]/.test(one)) return;
      expect(wordsOf(one)).toEqual(wordsOf(plainText(one)));
    }),
    { numRuns: 3_000 },
  );
});

test('any word of what is shown finds the text, and so does any beginning of it', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (one, which, length) => {
      const words = shownOf(one).match(/[\p{L}\p{N}]{2,}/gu) ?? [];
      const word = words[which % Math.max(1, words.length)];
      if (word === undefined) return;
      expect(matches(one, queryOf(word))).toBe(true);
      if (/^[a-zа-я]+$/.test(word)) expect(matches(one, queryOf(word.slice(0, 2 + (length % word.length))))).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

/** As each store's index answers: by all terms, or by terms that begin so. */
const met = (terms: readonly string[], conditions: ReturnType<typeof conditionsOf>): boolean =>
  terms.includes(cutTerm) ||
  conditions.every((one) => terms.some((term) => one.terms.includes(term) || (one.prefix !== null && term.startsWith(one.prefix))));

test('both indexes name every text that a query is met by, also one that was read again', () => {
  fc.assert(
    fc.property(text, text, (one, q) => {
      const query = queryOf(q);
      if (query.groups.length === 0 || !matches(one, query)) return;
      const conditions = conditionsOf(query.groups, query.literals);
      expect(met(indexTermsOf(one), conditions)).toBe(true);
      expect(met([...formerIndexTermsOf(one), ...lackedTermsOf(one)], conditions)).toBe(true);
      const terms = termsOf(one, 1_999);
      const byTerms = query.groups.every((group) =>
        group.some(({ term, prefix }) => terms.some((own) => own === term || (prefix && own.startsWith(term)))),
      );
      expect(byTerms).toBe(true);
    }),
    { numRuns: 10_000 },
  );
});

test('a phrase begins where a word begins', () => {
  for (const [one, q] of [
    ['don’tdon’tana@example.org', 'don’tana@example.org'],
    ['prerelease notes, release later', '"release notes"'],
  ] as const)
    expect(matches(one, queryOf(q))).toBe(false);
  expect(matches('the release notesheet', queryOf('"release notes"'))).toBe(true);
  expect(matches('新会議室', queryOf('"会議"'))).toBe(true);
});

test('the version before finds in this one’s index what it would find in its own', () => {
  fc.assert(
    fc.property(text, (one) => {
      const own = new Set(indexTermsOf(one));
      expect(formerIndexTermsOf(one).filter((term) => !own.has(term))).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

const commonSign = fc.constantFrom(...Array.from('abZ9 яЁёйЪ-–—’“«»\u00a0\t\n.,:/@+%&=(){}?!"'));

test('the version before takes the same words from a text of common signs without marks', () => {
  fc.assert(
    fc.property(fc.string({ unit: commonSign, maxLength: 60 }), (one) => {
      expect(formerWordsOf(one, wordsOf(one))).toBe(null);
      expect(wordsBefore(one)).toEqual(wordsOf(one));
    }),
    { numRuns: 3_000 },
  );
});

test.each(['a_b', '**жирный**', 'naïve', 'ﬁne', '１２', '中文', 'x\u2011y'])(
  'the words that both versions take from “%s” are compared',
  (one) => {
    const now = wordsOf(one);
    const before = wordsBefore(one);
    expect(formerWordsOf(one, now)).toEqual(JSON.stringify(before) === JSON.stringify(now) ? null : before);
  },
);

test('words of letters beyond the common planes are indexed by whole letters', () => {
  expect(indexTermsOf('𐐨𐐩𐐪𐐫 𐐨')).toEqual(expect.arrayContaining(['x:𐐨𐐩', 'x:𐐨𐐩𐐪']));
  expect(indexTermsOf('𐐨').filter((term) => term.startsWith('x:'))).toEqual([]);
  expect(indexTermsOf('ab').filter((term) => term.startsWith('x:'))).toEqual(['x:ab']);
});

test('a message has few terms, though it is read in two ways', () => {
  const words = Array.from({ length: 2_000 }, (_, index) => `é${index.toString(36)}_ü`).join(' ');
  expect(indexTermsOf(words)).toHaveLength(2_000);
  expect(termsOf(words, 2_000)).toHaveLength(2_000);
  expect(termsOf(words, 2_000)).toContain(cutTerm);
});
