import jwt from 'jsonwebtoken';
import type { OutboundClient } from '../../../../infra/outbound/outbound-client.ts';
import { type Clock, minutes, seconds } from '../../../../kernel/clock.ts';
import type { FcmCredentials } from '../../domain/fcm-credentials.ts';
import { answerOfFault, detailOf, isLater, retryAfterMs, type Unsent } from './provider-answer.ts';

const scope = 'https://www.googleapis.com/auth/firebase.messaging';
const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** A token serves until so long before its end. */
const earlyMs = minutes(5);
/** What was refused once is refused again: nobody is asked for a while. */
const refusedForMs = minutes(1);

/** A token, or why there is none. */
export type TokenAnswer = { readonly token: string } | Unsent;

interface Parts {
  readonly credentials: FcmCredentials;
  readonly client: OutboundClient;
  readonly clock: Clock;
}

/** The token of a service account (RFC 7523): asked for with a signed claim, kept until shortly before its end, one request at a time. */
export class FcmToken {
  readonly #parts: Parts;
  #kept: { readonly answer: TokenAnswer; readonly until: number } | null = null;
  #asking: Promise<TokenAnswer> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async get(): Promise<TokenAnswer> {
    if (this.#kept && this.#kept.until > this.#parts.clock.monotonic()) return this.#kept.answer;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** The service no longer takes this one. */
  forget(token: string): void {
    if (this.#kept && 'token' in this.#kept.answer && this.#kept.answer.token === token) this.#kept = null;
  }

  async #ask(): Promise<TokenAnswer> {
    const { credentials, client, clock } = this.#parts;
    const body = new URLSearchParams({ grant_type: grantType, assertion: this.#assertion() }).toString();
    try {
      const answer = await client.send({
        url: credentials.tokenUri,
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(body),
      });
      if (answer.status === 200) return this.#keep(tokenOf(answer.text));
      const detail = detailOf(`Google gives no token (${String(answer.status)}): ${answer.text}`);
      if (isLater(answer)) return { outcome: 'later', detail, retryAfterMs: retryAfterMs(answer.headers['retry-after'], clock.now()) };
      return this.#keep({ outcome: 'refused', detail }, refusedForMs);
    } catch (error) {
      return answerOfFault('Google', error);
    }
  }

  #keep(answer: TokenAnswer & { readonly lifeMs?: number }, forMs = (answer.lifeMs ?? refusedForMs + earlyMs) - earlyMs): TokenAnswer {
    this.#kept = { answer, until: this.#parts.clock.monotonic() + forMs };
    return answer;
  }

  #assertion(): string {
    const { credentials, clock } = this.#parts;
    const iat = Math.floor(clock.now() / 1000);
    return jwt.sign({ iat, exp: iat + 3600, scope }, credentials.privateKey, {
      algorithm: 'RS256',
      issuer: credentials.clientEmail,
      audience: credentials.tokenUri,
    });
  }
}

/** A 200 without a token is no answer of Google's: of a proxy or a sign-in page between. */
function tokenOf(text: string): TokenAnswer & { readonly lifeMs?: number } {
  try {
    const { access_token: token, expires_in: life } = JSON.parse(text) as { access_token?: unknown; expires_in?: unknown };
    if (typeof token === 'string' && token !== '') return { token, lifeMs: seconds(typeof life === 'number' ? life : 3600) };
  } catch {
    // Said below.
  }
  return { outcome: 'refused', detail: detailOf(`what should give tokens for Google answered 200 without one: ${text}`) };
}
