import fc from 'fast-check';
import { requireStrong } from './password-strength.ts';

const owner = { username: 'ana.b', email: 'ana.berg@example.org' };
const isStrong = (password: string): boolean => {
  try {
    requireStrong(password, owner);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'weak_password', status: 422 });
    return false;
  }
};

describe('a password', () => {
  test.each([
    ...[
      'password',
      'Password1',
      'PASSWORD',
      'passw0rd!',
      'P@ssw0rd2026!',
      'p4$$w0rd',
      '12345678',
      '87654321',
      '1q2w3e4r',
      'qwertyuiop',
      'Qwerty123!',
    ],
    ...['letmein1', 'welcome2026', 'Summer2024!', 'admin1234', 'changeme', 'iloveyou', 'football99', 'trustno1', 'пароль12', 'йцукенгш'],
    ...['aaaaaaaa', 'abababab', 'abcabcabc', 'abcdefgh', 'hgfedcba', 'asdfghjkl', '11112222', '🔥🔥🔥🔥🔥🔥🔥🔥'],
  ])('that guessers try first is refused: %s', (password) => {
    expect(isStrong(password)).toBe(false);
  });

  test.each(['ana.b', 'ana.b1987', 'Ana.Berg', 'ana.berg!!', 'ana.berg@example.org', 'ANA.BERG@EXAMPLE.ORG'])(
    'that is its owner’s name is refused: %s',
    (password) => {
      expect(isStrong(password)).toBe(false);
    },
  );

  test.each([
    ...[
      'correct horse battery 9',
      'dRkq8-2mPz',
      'ключ от моря',
      'quiet harbour',
      'my password is long',
      'ana goes sailing',
      'a'.repeat(80),
    ],
    ...['x'.repeat(71) + 'y', '🔥 burning 🚢', 'пять синих лодок'],
  ])('that they do not is taken: %s', (password) => {
    expect(isStrong(password)).toBe(true);
  });

  test('is judged alike in whatever case', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 24, unit: fc.constantFrom('a', 'b', 'c', 'X', 'Y', 'Z', '0', '1', '9', '!', '$', ' ') }),
        (password) => {
          expect(isStrong(password.toUpperCase())).toBe(isStrong(password.toLowerCase()));
        },
      ),
    );
  });

  test('of any text and length is judged without a crash, in time that grows no faster than it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 1024, unit: 'binary' }), (password) => {
        expect(typeof isStrong(password)).toBe('boolean');
      }),
    );
    expect(isStrong('1!'.repeat(512))).toBe(true);
  });
});
