import { createHash, randomBytes, randomFillSync } from 'node:crypto';

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const pool = new Uint8Array(10 * 256);
let poolAt = pool.length;
let lastMs = 0;
let sequence = 0;

/**
 * A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, 12 bits that count within one (§6.2 method 1), 62 random bits.
 * Ids of one process sort in the order they were made.
 */
export function newId(now: number = Date.now()): string {
  if (now > lastMs) {
    lastMs = now;
    sequence = 0;
  } else if (++sequence > 0xfff) {
    lastMs++;
    sequence = 0;
  }
  if (poolAt >= pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const at = poolAt;
  poolAt += 8;
  return (
    `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-` +
    `${byte(((pool[at] ?? 0) & 0x3f) | 0x80)}${byte(pool[at + 1])}-` +
    `${byte(pool[at + 2])}${byte(pool[at + 3])}${byte(pool[at + 4])}${byte(pool[at + 5])}${byte(pool[at + 6])}${byte(pool[at + 7])}`
  );
}

const byte = (value: number | undefined): string => hex[value ?? 0] ?? '00';

/** A secret for a link or a token: `bytes` of randomness in base64url. */
export const newSecret = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** What is stored of a secret: its SHA-256 in base64url. The secret itself is never stored. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
