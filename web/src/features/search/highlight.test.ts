import { highlight } from './highlight.ts';

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
