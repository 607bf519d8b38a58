const dayMs = 86_400_000;
const rotateAfterMs = 30 * dayMs;
/** Processes read the keys anew every hour, so by then each of them, and whoever fetched the JWKS, knows the next key. */
const publishedAheadMs = dayMs;
/** Far longer than an access token may live. */
const overlapMs = dayMs;

export interface RingKey {
  readonly kid: string;
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** The key that signs now: the newest one that has been published long enough; with no such, the oldest. Null without keys. */
export function signingKey<K extends RingKey>(keys: readonly K[], now: number): K | null {
  const newestFirst = [...keys].sort((a, b) => b.createdAt - a.createdAt || (a.kid < b.kid ? 1 : -1));
  return newestFirst.find((key) => isSigning(key, now)) ?? newestFirst.at(-1) ?? null;
}

/** Whether it is time to make the next key. */
export const isNextKeyDue = (keys: readonly RingKey[], now: number): boolean => keys.every((key) => now - key.createdAt >= rotateAfterMs);

/** Keys whose successor has signed for so long that no token of theirs can be alive. */
export const pastKeys = <K extends RingKey>(keys: readonly K[], now: number): K[] =>
  keys.filter((key) => keys.some((other) => other.createdAt > key.createdAt && isSigning(other, now - overlapMs)));

/** When a key begins to sign, where there is an older one until then. */
export const signsFrom = (key: RingKey): number => key.createdAt + publishedAheadMs;

const isSigning = (key: RingKey, now: number): boolean => signsFrom(key) <= now;
