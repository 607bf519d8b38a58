import { queryOf, termsOf } from './terms.ts';

const stems = (text: string): string[] => termsOf(text).filter((term) => term.startsWith('s:'));

test.each([
  ['сообщения', 'сообщение'],
  ['встречи', 'встреча'],
  ['meetings', 'meeting'],
  ['deployed', 'deploying'],
])('"%s" and "%s" share a stem', (one, other) => {
  expect(stems(one)).toEqual(stems(other));
});

test('case, width and ё do not matter', () => {
  expect(termsOf('Ёлка ＡＢＣ')).toEqual(termsOf('елка abc'));
});

test('a query asks for every word, in any form or as a beginning', () => {
  expect(queryOf('Meetings tomo').groups).toEqual([
    [
      { term: 's:meet', prefix: false },
      { term: 'w:meetings', prefix: true },
    ],
    [
      { term: expect.stringMatching(/^s:/) as string, prefix: false },
      { term: 'w:tomo', prefix: true },
    ],
  ]);
});

test('a query without a word asks for nothing', () => {
  expect(queryOf('!!! ???')).toEqual({ groups: [], literals: [] });
});

test('a script without spaces is indexed by letters and pairs, apart from the letters beside it', () => {
  expect(termsOf('会議room')).toEqual(['b:会', 'b:議', 'b:会議', 'w:room', 's:room']);
});

test.each([
  ['say "Good morning" to «Всё»', ['good morning', 'все']],
  ['mail ana@example.org now', ['ana@example.org']],
  ['#release of v1.2', ['#release', 'v1.2']],
  ['some e-mails', ['e-mail']],
  ['会議は 中止', ['会議は', '中止']],
  ['о бизнес-планах', ['бизнес-план']],
])('what "%s" must hold letter by letter', (text, literals) => {
  expect(queryOf(text).literals).toEqual(literals);
});

test('a run without spaces is indexed to its end, a long word by its beginning, neither cut within a letter', () => {
  const run = '\u{20000}'.repeat(100) + '会議';
  expect(termsOf(run)).toContain('b:会議');
  const [word] = termsOf('\u{10400}'.repeat(100));
  expect(word).toBe(`w:${'\u{10428}'.repeat(40)}`);
});

test('a long text takes no longer than its length deserves', () => {
  expect(queryOf('a.'.repeat(100)).groups.length).toBeLessThanOrEqual(40);
  expect(termsOf('x '.repeat(8_000))).toEqual(['w:x', 's:x']);
});
