import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { newSecret } from '../../../kernel/ids.ts';

export type Verdict =
  /** Its first use. */
  | 'trade'
  /** Used before, but no token made from it was: the reply may have been lost. */
  | 'replay'
  /** It was sent before another token replaced it; its device tries again with the newest one. */
  | 'overtaken'
  /** Somebody else has a copy: the family ends. */
  | 'reused';

export interface TokenUse {
  /** Unix milliseconds, or null: never. */
  readonly usedAt: number | null;
  /** When another token made from the same one was used first. */
  readonly siblingUsedAt: number | null;
  /** When a token made from this one was used first. */
  readonly successorUsedAt: number | null;
  /** When the request that presents it came in. */
  readonly presentedAt: number;
}

/**
 * What to do with a refresh token that is presented. A used one is forgiven for as long as no token made from it was used,
 * because its reply may have been lost, even to a laptop that slept since, or two tabs asked at once; each time it makes
 * another token. Of the tokens made from one, the first that is used spends the others. So the holder of a copy and the
 * owner hold different tokens after one renewal each, and the second of them to renew once more ends the family
 * (RFC 9700 §4.14.2).
 */
export function judge({ usedAt, siblingUsedAt, successorUsedAt, presentedAt }: TokenUse): Verdict {
  const spentAt = siblingUsedAt ?? successorUsedAt;
  if (spentAt !== null) return spentAt > presentedAt ? 'overtaken' : 'reused';
  return usedAt === null ? 'trade' : 'replay';
}

const idBytes = 16;
const randomBytes = 24;
const macBytes = 16;
const bodyBytes = idBytes + randomBytes;

/**
 * Makes refresh tokens that name their session under a MAC, so that a token whose row was dropped long ago is still known
 * to be of its family.
 */
export class RefreshTokens {
  readonly #key: Buffer;

  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, 'confab', 'auth refresh tokens of a family', 32));
  }

  make(sessionId: string): string {
    const body = Buffer.concat([Buffer.from(sessionId.replaceAll('-', ''), 'hex'), Buffer.from(newSecret(randomBytes), 'base64url')]);
    return Buffer.concat([body, this.#mac(body)]).toString('base64url');
  }

  /** The session of a token that was made under this secret, whatever became of it; else null. */
  sessionOf(token: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== bodyBytes + macBytes) return null;
    const body = bytes.subarray(0, bodyBytes);
    if (!timingSafeEqual(bytes.subarray(bodyBytes), this.#mac(body))) return null;
    return body
      .subarray(0, idBytes)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  #mac(body: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(body).digest().subarray(0, macBytes);
  }
}
