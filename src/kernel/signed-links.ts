import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKey } from './derived-key.ts';

/** Whose link it is, and until when it holds. */
export interface LinkClaims {
  readonly userId: string;
  readonly sessionId: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

const idBytes = 16;
const timeBytes = 6;
const claimBytes = timeBytes + 2 * idBytes;
const macBytes = 32;

/**
 * Signs links that stand in place of a bearer token at one path, for what cannot send a header: a browser's own player. Every process that has the team's secret
 * makes and takes the same ones. That the session still stands is for whoever takes one to ask.
 */
export class SignedLinks {
  readonly #key: Buffer;

  constructor(secret: string) {
    this.#key = derivedKey(secret, 'links of sessions');
  }

  /** For this path and no other. */
  make(path: string, { userId, sessionId, expiresAt }: LinkClaims): string {
    const claims = Buffer.alloc(claimBytes);
    claims.writeUIntBE(expiresAt, 0, timeBytes);
    claims.write(userId.replaceAll('-', ''), timeBytes, 'hex');
    claims.write(sessionId.replaceAll('-', ''), timeBytes + idBytes, 'hex');
    return Buffer.concat([claims, this.#mac(path, claims)]).toString('base64url');
  }

  /** Null where it was not made for this path, or under another secret. */
  claimsOf(path: string, link: string): LinkClaims | null {
    const bytes = Buffer.from(link, 'base64url');
    if (bytes.byteLength !== claimBytes + macBytes) return null;
    const claims = bytes.subarray(0, claimBytes);
    if (!timingSafeEqual(bytes.subarray(claimBytes), this.#mac(path, claims))) return null;
    return {
      expiresAt: claims.readUIntBE(0, timeBytes),
      userId: idOf(claims.subarray(timeBytes, timeBytes + idBytes)),
      sessionId: idOf(claims.subarray(timeBytes + idBytes)),
    };
  }

  #mac(path: string, claims: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(claims).update(path).digest();
  }
}

const idOf = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
