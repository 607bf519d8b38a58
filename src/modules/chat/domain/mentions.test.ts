import { namesIn } from './mentions.ts';

test.each([
  ['hello', [], false],
  ['@ana and @Boris.', ['ana', 'boris'], false],
  ['mail me at ana@example.org', [], false],
  ['привет,@ana!', ['ana'], false],
  ['@all look', [], true],
])('finds the names in "%s"', (text, names, all) => {
  expect(namesIn(text)).toEqual({ names, all });
});
