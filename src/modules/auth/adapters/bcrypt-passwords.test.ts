import bcrypt from 'bcrypt';
import fc from 'fast-check';
import { BcryptPasswords, hashOfNobody } from './bcrypt-passwords.ts';

const passwords = new BcryptPasswords(4);
const later = { deadline: Number.MAX_SAFE_INTEGER, group: 'ana', isKnown: true };

describe('a password hash', () => {
  test('matches its password and no other, however long and in whatever script', async () => {
    const text = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(text, text, async (password, other) => {
        const hash = await passwords.hash(password, later);
        expect(await passwords.matches(password, hash, later)).toBe(true);
        expect(await passwords.matches(other, hash, later)).toBe(other === password);
      }),
      { numRuns: 30 },
    );
  });

  test('reads past the 72 bytes at which bcrypt stops, and past NUL', async () => {
    const long = 'x'.repeat(72);
    const hash = await passwords.hash(`${long}a`, later);
    expect(await passwords.matches(`${long}b`, hash, later)).toBe(false);
    expect(await passwords.matches(long, hash, later)).toBe(false);
    const nul = await passwords.hash('a\u0000b', later);
    expect(await passwords.matches('a\u0000c', nul, later)).toBe(false);
  });

  test('has the cost it was asked for and a salt of its own', async () => {
    const [one, two] = await Promise.all([passwords.hash('same', later), passwords.hash('same', later)]);
    expect(one).not.toBe(two);
    expect(bcrypt.getRounds(one)).toBe(4);
  });

  test.each([4, 12])('of nobody matches nothing, and costs what a real one does: %d', async (cost) => {
    expect(bcrypt.getRounds(hashOfNobody(cost))).toBe(cost);
    expect(await new BcryptPasswords(4).matches('anything', hashOfNobody(4), later)).toBe(false);
    expect(await new BcryptPasswords(4).matches('anything', null, later)).toBe(false);
  });

  test('is not made for a caller who has gone', async () => {
    await expect(passwords.hash('x', { ...later, deadline: 0 })).rejects.toMatchObject({ code: 'deadline_exceeded' });
  });

  test('is made off the event loop', async () => {
    let turns = 0;
    const beat = setInterval(() => turns++, 1);
    await new BcryptPasswords(10).hash('x', later);
    clearInterval(beat);
    expect(turns).toBeGreaterThan(0);
  });
});
