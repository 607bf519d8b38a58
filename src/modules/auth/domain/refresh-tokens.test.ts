import fc from 'fast-check';
import { judge, RefreshChain } from './refresh-tokens.ts';

describe('a refresh token', () => {
  test('is traded when it was never used', () => {
    expect(judge({ usedAt: null, successorUsedAt: null, presentedAt: 9 })).toBe('trade');
  });

  test('is traded once more, however late, while its successor is not used', () => {
    expect(judge({ usedAt: 1, successorUsedAt: null, presentedAt: 1e12 })).toBe('trade');
  });

  test('is overtaken when it was on its way as its successor was used', () => {
    expect(judge({ usedAt: 1, successorUsedAt: 10, presentedAt: 9 })).toBe('overtaken');
  });

  test('is reused when it comes after that', () => {
    expect(judge({ usedAt: 1, successorUsedAt: 10, presentedAt: 10 })).toBe('reused');
    expect(judge({ usedAt: 1, successorUsedAt: 10, presentedAt: 11 })).toBe('reused');
  });
});

describe('the chain', () => {
  const chain = new RefreshChain('the secret');

  test('gives one token one successor, and every token another', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 5 }), (tokens) => {
        const successors = tokens.map((token) => chain.successor(token));
        expect(tokens.map((token) => new RefreshChain('the secret').successor(token))).toEqual(successors);
        expect(new Set(successors).size).toBe(tokens.length);
      }),
    );
  });

  test('cannot be followed without the secret', () => {
    expect(new RefreshChain('another secret').successor('token')).not.toBe(chain.successor('token'));
  });

  test('makes tokens of 256 bits that fit a cookie', () => {
    expect(chain.successor('token')).toMatch(/^[\w-]{43}$/);
  });
});
