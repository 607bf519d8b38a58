import { namesIn } from './mentions.ts';

test.each([
  ['hello', [], false],
  ['@ana and @Boris.', [['ana'], ['boris']], false],
  ['mail me at ana@example.org', [], false],
  ['привет,@ana!', [['ana']], false],
  ['@all look', [], true],
  ['write `@all` to call', [], false],
  ['```\n@channel\n```', [], false],
  ['https://social.example/@boris/1234', [], false],
  ['[@boris](https://social.example)', [], false],
  ['<https://social.example/@boris>', [], false],
  ['@boris.look at @ana.@boris', [['boris.look', 'boris'], ['ana'], ['boris']], false],
  ['- @ana\n> @boris\n\n|@eva|b|\n|-|-|', [['ana'], ['boris'], ['eva']], false],
  ['\\@ana', [], false],
])('finds the names in %j', (text, names, all) => {
  expect(namesIn(text)).toEqual({ names, all, here: false });
});

test('those who are online are called by @here, apart from everyone', () => {
  expect(namesIn('@here and @ana')).toEqual({ names: [['ana']], all: false, here: true });
  expect(namesIn('`@here`')).toEqual({ names: [], all: false, here: false });
});
