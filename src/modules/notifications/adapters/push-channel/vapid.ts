import { isIP } from 'node:net';
import jwt from 'jsonwebtoken';
import { type BoundedCache, boundedCache } from '../../../../kernel/bounded-cache.ts';
import { type Clock, hours } from '../../../../kernel/clock.ts';
import { isLoopbackUrl } from '../../../../kernel/network.ts';
import type { KeyPair } from '../push-keys/postgres.ts';

/** Whom a push service may ask about this team (RFC 8292 §2.1). `forApple` says why Apple would not take it, and what mends that; null where it does. */
export interface VapidSubject {
  readonly subject: string;
  readonly forApple: string | null;
  /** The page is at this machine alone, where no device of Apple’s reaches it: nothing is wrong. */
  readonly isLocal: boolean;
}

/** The address that mails come from, else the page of the team. Apple refuses names and addresses that are none of the internet. */
export function vapidSubject({ mailFrom, publicUrl }: { readonly mailFrom: string | null; readonly publicUrl: string }): VapidSubject {
  const domain = mailFrom?.slice(mailFrom.lastIndexOf('@') + 1) ?? '';
  const isLocal = isLoopbackUrl(publicUrl);
  if (mailFrom !== null && isOfInternet(domain)) return { subject: `mailto:${mailFrom}`, forApple: null, isLocal };
  const { protocol, hostname, origin } = new URL(publicUrl);
  if (protocol === 'https:' && isOfInternet(hostname)) return { subject: origin, forApple: null, isLocal };
  return {
    isLocal,
    subject: protocol === 'https:' ? origin : 'mailto:confab@localhost',
    forApple: `Apple takes pushes from a team with an address of the internet alone, and ${mailFrom ?? origin} is none: set MAIL_FROM, or CONFAB_PUBLIC_URL to https://…`,
  };
}

function isOfInternet(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return isIP(bare) === 0 && bare.includes('.') && !/(^|\.)(localhost|local|invalid|internal|test|example|lan|home\.arpa)$/i.test(bare);
}

const lifeMs = hours(12);
/** A token serves this long before another is made; RFC 8292 lets none live for more than 24 h. */
const servesMs = hours(11);
/** Origins are named by clients. */
const mostOrigins = 500;

interface Signed {
  readonly header: string;
  readonly until: number;
}

/** The header by which a push service knows the sender (RFC 8292 §2, §3): one token per origin, made every 11 hours. */
export class Vapid {
  readonly #parts: { readonly subject: string; readonly clock: Clock; pair(): Promise<KeyPair> };
  readonly #signed: BoundedCache<Signed> = boundedCache(mostOrigins);

  constructor(parts: { readonly subject: string; readonly clock: Clock; pair(): Promise<KeyPair> }) {
    this.#parts = parts;
  }

  async authorization(endpoint: string): Promise<string> {
    const { origin } = new URL(endpoint);
    const { publicKey, privateKey } = await this.#parts.pair();
    const now = this.#parts.clock.now();
    const known = this.#signed.get(origin);
    if (known && known.until > now) return known.header;
    const token = jwt.sign({ exp: Math.floor((now + lifeMs) / 1000), aud: origin, sub: this.#parts.subject }, privateKey, {
      algorithm: 'ES256',
      noTimestamp: true,
    });
    const header = `vapid t=${token}, k=${publicKey}`;
    this.#signed.set(origin, { header, until: now + servesMs });
    return header;
  }
}
