import { createHash, randomBytes, randomFillSync } from 'node:crypto';

const hexDigits = Buffer.from('0123456789abcdef', 'latin1');
const pool = new Uint8Array(8 * 256);
let poolAt = pool.length;
let lastMs = 0;
let sequence = 0;
/** The id being made: text is written into it, so that a new id is one short string and no heap of joined ones. */
const text = Buffer.from('00000000-0000-7000-8000-000000000000', 'latin1');
/** Where the digits of the 62 random bits lie, a byte each; the first one shares its byte with the variant. */
const randomAt = [19, 21, 24, 26, 28, 30, 32, 34] as const;

/**
 * A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, 12 bits that count within one (§6.2 method 1), 62 random bits.
 * Ids of one process sort in the order they were made.
 */
export function newId(now: number = Date.now()): string {
  if (now > lastMs) moveTo(now);
  else if (++sequence > 0xfff) moveTo(lastMs + 1);
  if (poolAt >= pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  text[15] = hexDigits[sequence >> 8] ?? 0;
  writeByte(sequence & 0xff, 16);
  writeByte(((pool[poolAt] ?? 0) & 0x3f) | 0x80, randomAt[0]);
  for (let index = 1; index < 8; index++) writeByte(pool[poolAt + index] ?? 0, randomAt[index] ?? 0);
  poolAt += 8;
  return text.toString('latin1', 0, 36);
}

function moveTo(ms: number): void {
  lastMs = ms;
  sequence = 0;
  const time = ms.toString(16).padStart(12, '0');
  text.write(time.slice(0, 8), 0, 'latin1');
  text.write(time.slice(8), 9, 'latin1');
}

function writeByte(value: number, at: number): void {
  text[at] = hexDigits[value >> 4] ?? 0;
  text[at + 1] = hexDigits[value & 0xf] ?? 0;
}

/** Below every id that is made at that moment or later, Unix milliseconds, and above those of before. */
export function firstIdAt(ms: number): string {
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-0000-0000-000000000000`;
}

/** Whether it is a UUID as this app writes them, in lower case. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** A secret for a link or a token: `bytes` of randomness in base64url. */
export const newSecret = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** What is stored of a secret: its SHA-256 in base64url. The secret itself is never stored. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
