import { hkdfSync } from 'node:crypto';

/** What each key is for. A purpose has its own key, so that what one key gives away says nothing about another. */
export type Purpose =
  | 'names at redis and rabbitmq'
  | 'messages between processes'
  | 'links of sessions'
  | 'receipts of notifications'
  | 'links in mails'
  | 'auth secrets at rest'
  | 'push keys at rest';

/** A key for one purpose, derived from the team's secret by HKDF-SHA-256 (RFC 5869). */
export const derivedKey = (secret: string, purpose: Purpose, bytes = 32): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'confab', purpose, bytes));

/** Teams that share a server keep apart by names derived from their secrets. Who sees the names learns nothing about other keys. */
export const teamPrefix = (secret: string): string =>
  `confab:${derivedKey(secret, 'names at redis and rabbitmq', 9).toString('base64url')}:`;
