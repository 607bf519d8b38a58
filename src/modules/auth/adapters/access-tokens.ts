import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Clock } from '../../../kernel/clock.ts';
import type { PrismaClient, PrismaTransaction } from '../../../infra/postgres/prisma.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import { isNextKeyDue, pastKeys, type RingKey, signingKey, signsFrom } from '../domain/key-ring.ts';
import type { SecretBox } from '../../../kernel/secret-box.ts';
import type { TokenSigner } from '../ports.ts';

interface OwnKey extends RingKey {
  /** Not text: jsonwebtoken signs fifty times faster with a key object. */
  readonly key: KeyObject;
  readonly publicJwk: object;
}

type KeyRow = Awaited<ReturnType<PrismaClient['signingKey']['findMany']>>[number];

interface Parts {
  readonly prisma: PrismaClient;
  readonly box: SecretBox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly issuer: string;
  readonly lifeSeconds: number;
}

const oneAtATime = 7_110_001;
/** How long a process may still sign with keys that another one has ended; gateways reload the keys as often. */
const freshMs = 1_000;

/** ES256 access tokens of type `at+jwt` (RFC 9068 §2.1). The keys are those of all processes, in `auth.signing_keys`. */
export class AccessTokens implements TokenSigner {
  readonly #parts: Parts;
  #keys: readonly OwnKey[] = [];
  #readAt = -Infinity;
  #foreign: ReadonlySet<string> = new Set();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async rotate(): Promise<void> {
    await this.#alone(async (tx) => {
      const kept = await this.#readAndDrop(tx);
      return isNextKeyDue(kept, this.#parts.clock.now()) ? [...kept, await this.#make(tx)] : kept;
    });
  }

  async replace({ now }: { readonly now: boolean }): Promise<{ kid: string; signsFrom: Date }> {
    await this.#alone(async (tx) => {
      if (now) await tx.signingKey.deleteMany();
      const kept = now ? [] : await this.#readAndDrop(tx);
      return [...kept, await this.#make(tx)];
    });
    const newest = this.#keys.at(-1);
    if (!newest) throw new Error('no signing key was made');
    const isSigning = signingKey(this.#keys, this.#parts.clock.now())?.kid === newest.kid;
    return { kid: newest.kid, signsFrom: new Date(isSigning ? newest.createdAt : signsFrom(newest)) };
  }

  async sign(userId: string, sessionId: string): Promise<string> {
    if (this.#parts.clock.monotonic() - this.#readAt > freshMs) await this.#read();
    const now = this.#parts.clock.now();
    const key = signingKey(this.#keys, now);
    if (!key) throw new Error('no signing key was read');
    return jwt.sign({ sid: sessionId, iat: Math.floor(now / 1000) }, key.key, {
      algorithm: 'ES256',
      keyid: key.kid,
      header: { alg: 'ES256', typ: 'at+jwt' },
      issuer: this.#parts.issuer,
      audience: 'confab',
      subject: userId,
      expiresIn: this.#parts.lifeSeconds,
    });
  }

  /** Never cached: gateways refuse tokens of ended keys within a second. */
  async published(): Promise<Record<string, unknown>[]> {
    await this.#read();
    return this.#keys.toReversed().map(({ kid, publicJwk }) => ({ ...publicJwk, kid, use: 'sig', alg: 'ES256' }));
  }

  async #read(): Promise<void> {
    const at = this.#parts.clock.monotonic();
    this.#keys = this.#opened(await this.#parts.prisma.signingKey.findMany());
    this.#readAt = at;
  }

  /** Changes the keys under a lock that excludes other processes. */
  async #alone(work: (tx: PrismaTransaction) => Promise<OwnKey[]>): Promise<void> {
    this.#keys = await this.#parts.prisma.$transaction(async (tx) => {
      // The function answers `void`, which Prisma cannot read.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${oneAtATime})`;
      return work(tx);
    });
    this.#readAt = this.#parts.clock.monotonic();
  }

  async #readAndDrop(tx: PrismaTransaction): Promise<OwnKey[]> {
    const rows = await tx.signingKey.findMany();
    const ring = rows.map(({ kid, createdAt }) => ({ kid, createdAt: createdAt.getTime() }));
    const past = new Set(pastKeys(ring, this.#parts.clock.now()).map(({ kid }) => kid));
    if (past.size > 0) await tx.signingKey.deleteMany({ where: { kid: { in: [...past] } } });
    return this.#opened(rows.filter(({ kid }) => !past.has(kid)));
  }

  /** Oldest first; without those sealed under another secret, which this process neither signs with nor publishes. */
  #opened(rows: readonly KeyRow[]): OwnKey[] {
    const opened = rows.map((row) => this.#keys.find(({ kid }) => kid === row.kid) ?? this.#open(row));
    this.#foreign = new Set(rows.flatMap(({ kid }, at) => (opened[at] ? [] : [kid])));
    return opened.filter((key) => key !== null).sort((a, b) => a.createdAt - b.createdAt || (a.kid < b.kid ? -1 : 1));
  }

  #open({ kid, privateBox, publicJwk, createdAt }: KeyRow): OwnKey | null {
    const pem = this.#parts.box.open(privateBox);
    if (pem !== null) return { kid, createdAt: createdAt.getTime(), key: createPrivateKey(pem), publicJwk: publicJwk as object };
    if (!this.#foreign.has(kid))
      this.#parts.logger.warn('a signing key was made under another CONFAB_SECRET; it is neither used nor published', {
        event: 'auth.signing_key_foreign',
        kid,
      });
    return null;
  }

  async #make(tx: PrismaTransaction): Promise<OwnKey> {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const createdAt = this.#parts.clock.now();
    const kid = newId();
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const publicJwk = publicKey.export({ format: 'jwk' }) as Record<string, string>;
    await tx.signingKey.create({ data: { kid, publicJwk, privateBox: this.#parts.box.seal(pem), createdAt: new Date(createdAt) } });
    this.#parts.logger.info('a signing key was made', { event: 'auth.signing_key_made', kid });
    return { kid, createdAt, key: privateKey, publicJwk };
  }
}
