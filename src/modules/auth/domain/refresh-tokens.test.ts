import { newId } from '../../../kernel/ids.ts';
import { judge, RefreshTokens } from './refresh-tokens.ts';

const never = { usedAt: null, siblingUsedAt: null, successorUsedAt: null, presentedAt: 1000 };

test.each([
  ['trade', 'never used', {}],
  ['replay', 'used, its reply perhaps lost', { usedAt: 900 }],
  ['replay', 'used days ago, its reply lost to a laptop that slept', { usedAt: 900, presentedAt: 900_000_000 }],
  ['reused', 'older than one that was used', { usedAt: 800, successorUsedAt: 900 }],
  ['reused', 'spent by the use of a sibling', { siblingUsedAt: 900 }],
  ['reused', 'used and spent, by a version that knew no siblings', { usedAt: 900, siblingUsedAt: 950 }],
  ['overtaken', 'on its way while its successor was used', { usedAt: 800, successorUsedAt: 1001 }],
  ['overtaken', 'on its way while a sibling was used', { siblingUsedAt: 1001 }],
] as const)('answers %s for a token %s', (verdict, _what, use) => {
  expect(judge({ ...never, ...use })).toBe(verdict);
});

describe('a refresh token', () => {
  const tokens = new RefreshTokens('a secret of the team');

  test('names its session to whoever has the secret, and is never the same', () => {
    const sessionId = newId();
    const [one, other] = [tokens.make(sessionId), tokens.make(sessionId)];
    expect(one).not.toBe(other);
    expect(one).toMatch(/^[\w-]{75}$/);
    expect([tokens.sessionOf(one), tokens.sessionOf(other)]).toEqual([sessionId, sessionId]);
    expect(new RefreshTokens('another secret').sessionOf(one)).toBeNull();
  });

  test('that was changed anywhere, or is none, names no session', () => {
    const token = tokens.make(newId());
    for (let at = 0; at < token.length - 1; at++) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(tokens.sessionOf(changed)).toBeNull();
    }
    for (const none of ['', 'nonsense', 'a'.repeat(512), 'with\u0000nul', '\ud800']) expect(tokens.sessionOf(none)).toBeNull();
  });
});
