import fc from 'fast-check';
import { excerptOf, highlight } from './highlight.ts';

const hits = (text: string, words: string) =>
  highlight(text, words)
    .filter((part) => part.hit)
    .map((part) => part.text);

test('words are lit in any form they were found by', () => {
  expect(hits('The meetings moved', 'meeting')).toEqual(['meetings']);
  expect(hits('Новые сообщения пришли', 'сообщение')).toEqual(['сообщения']);
});

test('nothing of the text is lost', () => {
  expect(
    highlight('a, b — c!', 'b')
      .map((part) => part.text)
      .join(''),
  ).toBe('a, b — c!');
  expect(highlight('plain', '!!')).toEqual([{ text: 'plain', hit: false }]);
});

test('an excerpt shows the word that was found', () => {
  const text = `${'one two three '.repeat(30)}needle ${'four five '.repeat(30)}`;
  const excerpt = excerptOf(text, 'needle', 80);
  expect(excerpt).toMatch(/^….*needle.*…$/);
  expect(excerpt.length).toBeLessThanOrEqual(82);
  expect(excerptOf('short *needle*', 'needle', 80)).toBe('short needle');
  expect(excerptOf(text, 'absent', 20)).toMatch(/^one two/);
});

test.each([
  ['Café Olé', 'cafe', ['Café']],
  ['Ёлка зелёная', 'елка', ['Ёлка']],
  ['co\u00adoperate', 'cooperate', ['co\u00adoperate']],
  ['ＡＢＣ', 'abc', ['ＡＢＣ']],
  ['Ło\u0301dź', 'lodz', ['Ło\u0301dź']],
  ['Санкт‑Петербург', 'санкт-петербург', ['Санкт', 'Петербург']],
  ['user_name', 'user_name', ['user', 'name']],
  ['明日の会議は中止', '会議', ['会議']],
  ['会議room', 'room', ['room']],
  ['हिन्दी में', 'हिन्दी', ['हिन्दी']],
  ['👩\u200dabc', 'abc', ['abc']],
])('of “%s”, “%s” lights %j', (text, words, lit) => {
  expect(hits(text, words)).toEqual(lit);
});

const sign = fc.constantFrom(
  'a',
  'é',
  'e\u0301',
  'Ё',
  '👩\u200d💻',
  '🇫🇷',
  '👍🏽',
  'हि',
  '会',
  ' ',
  '_',
  '\u00ad',
  '\u200d',
  '한',
  '1\ufe0f\u20e3',
);
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

test('no sign is cut in two, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 30 }), fc.array(sign, { maxLength: 3 }), (signs, typed) => {
      const text = signs.join('');
      const ends = new Set(Array.from(graphemes.segment(text), ({ index }) => index).concat(text.length));
      const parts = highlight(text, typed.join(''));
      expect(parts.map((part) => part.text).join('')).toBe(text);
      let at = 0;
      for (const part of parts) expect(ends).toContain((at += part.text.length));
    }),
  );
});

test('an excerpt of a script without spaces shows what was found, and cuts no sign', () => {
  const excerpt = excerptOf(`${'\u{20000}'.repeat(300)}会議${'👩\u200d💻'.repeat(100)}`, '会議', 81);
  expect(excerpt).toContain('会議');
  expect(excerpt.isWellFormed()).toBe(true);
  expect(excerpt.replace(/…$/, '').endsWith('👩\u200d💻')).toBe(true);
});
