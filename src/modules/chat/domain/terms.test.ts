import { phrasesOf, queryOf, termsOf } from './terms.ts';

test('forms of one word share a stem in Russian and English', () => {
  expect(termsOf('сообщения')).toEqual(expect.arrayContaining(termsOf('сообщение').filter((term) => term.startsWith('s:'))));
  expect(termsOf('meetings')).toEqual(expect.arrayContaining(termsOf('meeting').filter((term) => term.startsWith('s:'))));
});

test('case and ё do not matter', () => {
  expect(termsOf('Ёлка')).toEqual(termsOf('елка'));
});

test('nothing in a query can break out of its quotes', () => {
  expect(queryOf(`o'clock \\ & | ! :* ()`)).toMatch(/^[^']*('[^']*'[^']*)*$/);
  expect(queryOf('!!! ???')).toBeNull();
});

test('phrases are what stands in quotes', () => {
  expect(phrasesOf('say "good morning" to "all"')).toEqual(['good morning', 'all']);
});
