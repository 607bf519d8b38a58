import fc from 'fast-check';
import { isNextKeyDue, pastKeys, type RingKey, signingKey } from './key-ring.ts';

const day = 86_400_000;
const key = (createdAtDay: number): RingKey => ({ kid: `of day ${String(createdAtDay)}`, createdAt: createdAtDay * day });

describe('the key that signs', () => {
  test('is the only one there is, at once', () => {
    expect(signingKey([key(5)], 5 * day)).toEqual(key(5));
  });

  test('is the older one until the newer has been published for a day', () => {
    expect(signingKey([key(0), key(30)], 31 * day - 1)).toEqual(key(0));
    expect(signingKey([key(0), key(30)], 31 * day)).toEqual(key(30));
  });

  test('is none where there is none', () => {
    expect(signingKey([], 0)).toBeNull();
  });
});

describe('the next key', () => {
  test('is due where there is none, and when the newest is thirty days old', () => {
    expect(isNextKeyDue([], 0)).toBe(true);
    expect(isNextKeyDue([key(0)], 30 * day - 1)).toBe(false);
    expect(isNextKeyDue([key(0)], 30 * day)).toBe(true);
    expect(isNextKeyDue([key(0), key(30)], 40 * day)).toBe(false);
  });
});

describe('a key', () => {
  test('is past a day after its successor began to sign', () => {
    expect(pastKeys([key(0), key(30)], 32 * day - 1)).toEqual([]);
    expect(pastKeys([key(0), key(30)], 32 * day)).toEqual([key(0)]);
  });

  test('that signs on any process that read the keys within the hour is known to all and not dropped within the life of a token', () => {
    const hour = 3_600_000;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 * 24 }), fc.integer({ min: 0, max: 59 }), (hours, minutes) => {
        // A ring as the hourly upkeep keeps it.
        let ring: RingKey[] = [];
        const published: RingKey[][] = [];
        for (let at = 0; at <= hours; at++) {
          const now = at * hour;
          const past = pastKeys(ring, now);
          ring = ring.filter((one) => !past.includes(one));
          if (isNextKeyDue(ring, now)) ring = [...ring, { kid: String(at), createdAt: now }];
          published.push(ring);
        }
        const now = hours * hour + minutes * 60_000;
        for (const seen of published.slice(-2)) {
          const signer = signingKey(seen, now)!;
          for (const others of published.slice(-2)) expect(others).toContainEqual(signer);
          expect(pastKeys(ring, now + 20 * 60_000)).not.toContainEqual(signer);
        }
      }),
      { numRuns: 40 },
    );
  });
});
