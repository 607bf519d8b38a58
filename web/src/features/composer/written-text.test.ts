import { isBlank, longestText, tidied, tooManyIn } from './written-text.ts';

test('the spaces that indent the first line stay', () => {
  expect(tidied('    if x:\n        go()')).toBe('    if x:\n        go()');
  expect(tidied('\tindented')).toBe('\tindented');
});

test('blank lines around a text go, those within stay', () => {
  expect(tidied('\n  \n\n  first\n\nlast  \n\n')).toBe('  first\n\nlast');
  expect(tidied('\u00a0\n\u3000indented by a wide space')).toBe('\u3000indented by a wide space');
});

test('a text of blanks alone is none', () => {
  expect(tidied(' \n\t\n ')).toBe('');
  expect(isBlank(' \n\u3000')).toBe(true);
  expect(isBlank('\u200b\u2060 \ufeff\n\u3164')).toBe(true);
  expect(isBlank(' .\u200b')).toBe(false);
  expect(isBlank('👨‍👩‍👧')).toBe(false);
});

test('only what is sent counts towards the length', () => {
  const full = 'x'.repeat(longestText);
  expect(tooManyIn(full)).toBe(0);
  expect(tooManyIn(`\n${full}\n\n`)).toBe(0);
  expect(tooManyIn(`${full}yyy`)).toBe(3);
});
