import { Password } from './passwords.ts';
import { formsOfPassword, opaque } from './opaque-string.ts';

test.each<[string, string, string]>([
  ['a composed and a decomposed letter', 'caf\u00e9 au lait', 'cafe\u0301 au lait'],
  ['a composed and a decomposed й', 'мо\u0439 пароль', 'мо\u0438\u0306 пароль'],
  ['a space and a no-break space', 'correct horse', 'correct\u00a0horse'],
  ['a space and an ideographic space', 'correct horse', 'correct\u3000horse'],
  ['Hangul syllables and their letters', '비밀번호입니다요', '비밀번호입니다요'.normalize('NFD')],
  ['a sign and its singleton', '100 \u03a9 ohm', '100 \u2126 ohm'],
])('%s are one password', (_what, one, other) => {
  expect(opaque(one)).toBe(opaque(other));
});

test.each<[string, string, string]>([
  ['case', 'correct horse', 'Correct horse'],
  ['width', 'correct', 'ｃorrect'],
  ['a trailing space', 'correct horse', 'correct horse '],
  ['a ligature', 'finest', '\ufb01nest'],
])('%s keeps two passwords different', (_what, one, other) => {
  expect(opaque(one)).not.toBe(opaque(other));
});

test('a password of ASCII has one form', () => {
  expect(formsOfPassword('correct horse 9!')).toEqual(['correct horse 9!']);
  expect(formsOfPassword('cafe\u0301')).toEqual(['caf\u00e9', 'cafe\u0301']);
});

test('a length is counted in characters as they are compared', () => {
  const isLongEnough = (typed: string): boolean => Password.safeParse(typed).success;
  expect(isLongEnough('😀😁😂😃')).toBe(false);
  expect(isLongEnough('😀😁😂😃😄😅😆😇')).toBe(true);
  expect(isLongEnough('e\u0301'.repeat(4))).toBe(false);
  expect(isLongEnough('e\u0301'.repeat(8))).toBe(true);
  expect(isLongEnough('😀'.repeat(1024))).toBe(true);
  expect(isLongEnough('x'.repeat(1025))).toBe(false);
});

test.each(['tab\tin the middle', 'two\nlines of it', 'a NUL\u0000 in it', 'an escape\u001b in it', 'C1 \u0085 control'])(
  '%j is no password',
  (typed) => {
    expect(Password.safeParse(typed).success).toBe(false);
  },
);
