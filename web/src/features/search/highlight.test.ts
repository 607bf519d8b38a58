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
