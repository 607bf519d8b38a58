import { expect, test } from '@jest/globals';
import { keywordFault, keywordsWith } from './keywords.ts';

test.each([
  [[], ' a ', 'short'],
  [['Release'], 'release ', 'known'],
  [['Ёлка'], 'ёЛКА', 'known'],
  [Array.from({ length: 30 }, (_, at) => `word ${at}`), 'another', 'many'],
  [['release'], 'deploy', null],
])('beside %j the word %j is %s', (known, written, fault) => {
  expect(keywordFault(known, written)).toBe(fault);
});

test('a word is kept without the space around it', () => {
  expect(keywordsWith(['release'], ' deploy ')).toEqual(['release', 'deploy']);
});
