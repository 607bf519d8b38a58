import { createHmac, hkdfSync } from 'node:crypto';

export type Verdict =
  /** Trade it, the first time or once more: its successor has not been used yet. */
  | 'trade'
  /** It was on its way while its successor was being used; the newest of the family is the answer. */
  | 'overtaken'
  /** Somebody else holds it: the family must end. */
  | 'reused';

export interface TokenUse {
  /** Unix milliseconds, or null: never. */
  readonly usedAt: number | null;
  readonly successorUsedAt: number | null;
  /** When the request that presents it came in. */
  readonly presentedAt: number;
}

/**
 * What to do with a refresh token that is presented. The one before the newest is forgiven for as long as the newest is not
 * used, because its reply may have been lost, even to a laptop that slept since, or two tabs asked at once (GoTrue does the
 * same). Whatever is older was copied by somebody (RFC 9700 §4.14.2).
 */
export function judge({ usedAt, successorUsedAt, presentedAt }: TokenUse): Verdict {
  if (usedAt === null || successorUsedAt === null) return 'trade';
  return successorUsedAt > presentedAt ? 'overtaken' : 'reused';
}

/** Makes the successor of a token, always the same one, so that whoever asks twice gets one answer and nothing but hashes is kept. */
export class RefreshChain {
  readonly #key: Buffer;

  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, 'confab', 'auth refresh tokens', 32));
  }

  successor(token: string): string {
    return createHmac('sha256', this.#key).update(token).digest('base64url');
  }
}
