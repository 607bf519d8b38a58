import { setUpTokenIn } from './set-up-token.ts';

test.each([
  ['  abc-DEF_123 ', 'abc-DEF_123'],
  ['#abc', 'abc'],
  ['http://localhost:3000/setup#abc', 'abc'],
  ['setup: https://chat.example.org/setup#abc\n', 'abc'],
  ['', ''],
])('%j holds the token %j', (pasted, token) => {
  expect(setUpTokenIn(pasted)).toBe(token);
});
