import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { getKeys } from '../contracts/auth/keys.ts';
import { readSessions } from '../contracts/auth/sessions.ts';
import { boundedCache } from '../kernel/bounded-cache.ts';
import type { BusCaller } from '../kernel/bus/bus.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Actor, systemContext } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { LinkClaims } from '../kernel/signed-links.ts';

export interface Verified {
  readonly actor: Actor;
  /** Unix milliseconds. */
  readonly expiresAt: number;
  /** The key that signed the token. */
  readonly keyId: string;
}

interface Claims {
  readonly kid: string;
  readonly sub: string;
  readonly sid: string;
  readonly exp: number;
}

interface Remembered {
  readonly actor: Promise<Actor | null>;
  /** Of the monotonic clock, as every age here: setting the wall clock must not prolong what is cached. */
  readonly freshUntil: number;
}

/** How long a gateway may rely on what it read of a session: a revocation takes effect within a second, also when its event is lost. */
const freshMs = 1_000;
/** The same for keys: `confab keys rotate --now` ends every token of a key. */
const keysFreshMs = 1_000;
const verifiedAtMost = 5_000;

/** Turns access tokens into people: signature, claims, and whether the session still stands. */
export class Sessions {
  readonly #bus: BusCaller;
  readonly #clock: Clock;
  readonly #issuer: string;
  readonly #claims = boundedCache<Claims>(verifiedAtMost);
  readonly #actors = boundedCache<Remembered>(verifiedAtMost);
  #keys: { readonly byId: ReadonlyMap<string, KeyObject>; readonly readAt: number } = { byId: new Map(), readAt: -Infinity };
  #reading: Promise<void> | null = null;

  constructor({ bus, clock, issuer }: { bus: BusCaller; clock: Clock; issuer: string }) {
    this.#bus = bus;
    this.#clock = clock;
    this.#issuer = issuer;
  }

  /** Throws `unauthenticated` for whatever is wrong with the token or its session. */
  async authenticate(token: string): Promise<Verified> {
    const claims = this.#claims.get(token) ?? (await this.#verify(token));
    await this.#keyOf(claims.kid);
    if (claims.exp * 1000 <= this.#clock.now()) throw refused('The access token has expired.');
    const actor = await this.actorOf(claims.sid);
    if (actor?.userId !== claims.sub) throw refused('The session has ended.');
    return { actor, expiresAt: claims.exp * 1000, keyId: claims.kid };
  }

  /** Who holds a signed link, whose session is asked for as that of a token is. Throws `unauthenticated`. */
  async holderOf(claims: LinkClaims | null): Promise<Actor> {
    if (!claims) throw refused('This is no link of ours.');
    if (claims.expiresAt <= this.#clock.now()) throw refused('The link has expired.');
    const actor = await this.actorOf(claims.sessionId);
    if (actor?.userId !== claims.userId) throw refused('The session has ended.');
    return actor;
  }

  /** The person behind a session as of at most a second ago; null when it ended. */
  actorOf(sessionId: string): Promise<Actor | null> {
    const remembered = this.#actors.get(sessionId);
    if (remembered && remembered.freshUntil > this.#clock.monotonic()) return remembered.actor;
    const actor = this.readActors([sessionId]).then(([first]) => first ?? null);
    this.#actors.set(sessionId, { actor, freshUntil: this.#clock.monotonic() + freshMs });
    actor.catch(() => this.#actors.delete(sessionId));
    return actor;
  }

  /** Current state of many sessions in the order given, in one call. */
  async readActors(sessionIds: readonly string[]): Promise<readonly (Actor | null)[]> {
    const { items } = await this.#bus.call(readSessions, { sessionIds: [...sessionIds] }, systemContext());
    return items;
  }

  /** Drops the whole cache: everything is read again at its next use. */
  forget(): void {
    this.#actors.clear();
  }

  /** Whether a key that signed a token is still published, as of about a second ago; asks again meanwhile. */
  trusts(keyId: string): boolean {
    if (this.#clock.monotonic() - this.#keys.readAt >= keysFreshMs) this.#readKeysOnce().catch(() => undefined);
    return this.#keys.byId.size === 0 || this.#keys.byId.has(keyId);
  }

  async #verify(token: string): Promise<Claims> {
    const header = headerOf(token);
    const key = await this.#keyOf(header.kid);
    const claims = { kid: header.kid, ...checkedClaims(token, key, { issuer: this.#issuer, now: this.#clock.now() }) };
    this.#claims.set(token, claims);
    return claims;
  }

  async #keyOf(kid: string): Promise<KeyObject> {
    const known = this.#keys.byId.get(kid);
    if (known && this.#clock.monotonic() - this.#keys.readAt < keysFreshMs) return known;
    // An unknown kid is read at most once a second, so that garbage tokens cost no queries.
    if (known || this.#clock.monotonic() - this.#keys.readAt > freshMs) await this.#readKeysOnce();
    const key = this.#keys.byId.get(kid);
    if (!key) throw refused('The access token was signed by nobody we know.');
    return key;
  }

  #readKeysOnce(): Promise<void> {
    return (this.#reading ??= this.#readKeys().finally(() => (this.#reading = null)));
  }

  async #readKeys(): Promise<void> {
    const { keys } = await this.#bus.call(getKeys, {}, systemContext());
    const byId = new Map(keys.map((jwk) => [String(jwk['kid']), createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })]));
    this.#keys = { byId, readAt: this.#clock.monotonic() };
  }
}

function headerOf(token: string): { kid: string } {
  const header = decodeHeader(token);
  if (header?.alg !== 'ES256' || header.typ !== 'at+jwt' || typeof header.kid !== 'string')
    throw refused('This is no access token of ours.');
  return { kid: header.kid };
}

function decodeHeader(token: string): jwt.JwtHeader | null {
  try {
    return jwt.decode(token, { complete: true })?.header ?? null;
  } catch {
    return null;
  }
}

function checkedClaims(token: string, key: KeyObject, { issuer, now }: { issuer: string; now: number }): Omit<Claims, 'kid'> {
  try {
    const expected = { algorithms: ['ES256' as const], issuer, audience: 'confab', clockTimestamp: Math.floor(now / 1000) };
    const claims = jwt.verify(token, key, expected) as jwt.JwtPayload;
    if (typeof claims.sub !== 'string' || typeof claims['sid'] !== 'string' || typeof claims.exp !== 'number')
      throw refused('The access token lacks claims.');
    return { sub: claims.sub, sid: claims['sid'], exp: claims.exp };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw refused(error instanceof jwt.TokenExpiredError ? 'The access token has expired.' : 'The access token is not valid.');
  }
}

const refused = (detail: string): AppError => new AppError('unauthenticated', { detail });
