import { randomBytes } from 'node:crypto';
import { secretFault } from './secret-strength.ts';

test.each([16, 31])('a secret of %i characters is refused, with the command that makes one', (length) => {
  expect(secretFault(randomBytes(64).toString('base64url').slice(0, length))).toMatch(/at least 32.*openssl rand -base64 32/);
});

test.each([
  ['one letter', 'a'.repeat(40)],
  ['two letters in turn', 'xY'.repeat(20)],
  ['a word again and again', 'correct-horse!'.repeat(3)],
  ['a pattern that is cut', '0a9b8c7d6e5f4g3'.repeat(3).slice(0, 40)],
  ['the alphabet and the digits', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ['rows of the keyboard', 'qwertyuiopasdfghjklzxcvbnm1234567890'],
  ['a placeholder', 'please-change-me-before-you-go-live-42'],
  ['the words of an example', 'example: 32 letters of your own choice!'],
  ['the secret of our own tests', 'confab-test-secret-Zq81-mmPw-0Xv7-Kd3'],
])('%s is refused', (_name, secret) => {
  expect(secretFault(secret)).toMatch(/can be guessed.*openssl rand/);
});

test('whatever the command makes is taken', () => {
  for (let round = 0; round < 2_000; round++) {
    expect(secretFault(randomBytes(32).toString('base64'))).toBeNull();
    expect(secretFault(randomBytes(24).toString('base64url'))).toBeNull();
    expect(secretFault(randomBytes(16).toString('hex'))).toBeNull();
  }
});
