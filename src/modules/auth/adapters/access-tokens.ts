import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Clock } from '../../../kernel/clock.ts';
import type { PrismaClient, PrismaTransaction } from '../../../kernel/database/prisma.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import { isNextKeyDue, pastKeys, type RingKey, signingKey } from '../domain/key-ring.ts';
import type { SecretBox } from '../domain/secret-box.ts';
import type { TokenSigner } from '../ports.ts';

interface OwnKey extends RingKey {
  /** Not text: jsonwebtoken signs fifty times faster with a key object. */
  readonly key: KeyObject;
}

interface Parts {
  readonly prisma: PrismaClient;
  readonly box: SecretBox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly issuer: string;
  readonly lifeSeconds: number;
}

const oneAtATime = 7_110_001;

/** ES256 access tokens of type `at+jwt` (RFC 9068 §2.1). The keys are those of all processes, in `auth.signing_keys`. */
export class AccessTokens implements TokenSigner {
  readonly #parts: Parts;
  #keys: readonly OwnKey[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async rotate(): Promise<void> {
    this.#keys = await this.#parts.prisma.$transaction(async (tx) => {
      // The function answers `void`, which Prisma cannot read.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${oneAtATime})`;
      const kept = await this.#readAndDrop(tx);
      return isNextKeyDue(kept, this.#parts.clock.now()) ? [...kept, await this.#make(tx)] : kept;
    });
  }

  sign(userId: string, sessionId: string): string {
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

  async published(): Promise<Record<string, unknown>[]> {
    const rows = await this.#parts.prisma.signingKey.findMany({ orderBy: { createdAt: 'desc' } });
    return rows.map(({ kid, publicJwk }) => ({ ...(publicJwk as object), kid, use: 'sig', alg: 'ES256' }));
  }

  /** The keys this process can sign with; one sealed under another secret is published only. */
  async #readAndDrop(tx: PrismaTransaction): Promise<OwnKey[]> {
    const rows = (await tx.signingKey.findMany()).map((row) => ({ ...row, createdAt: row.createdAt.getTime() }));
    const past = new Set(pastKeys(rows, this.#parts.clock.now()).map(({ kid }) => kid));
    if (past.size > 0) await tx.signingKey.deleteMany({ where: { kid: { in: [...past] } } });
    return rows.flatMap(({ kid, privateBox, createdAt }) => {
      if (past.has(kid)) return [];
      const pem = this.#parts.box.open(privateBox);
      if (pem !== null) return [{ kid, createdAt, key: createPrivateKey(pem) }];
      this.#parts.logger.warn('a signing key was made under another CONFAB_SECRET and cannot be used', { kid });
      return [];
    });
  }

  async #make(tx: PrismaTransaction): Promise<OwnKey> {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const createdAt = this.#parts.clock.now();
    const kid = newId();
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const publicJwk = publicKey.export({ format: 'jwk' }) as Record<string, string>;
    await tx.signingKey.create({ data: { kid, publicJwk, privateBox: this.#parts.box.seal(pem), createdAt: new Date(createdAt) } });
    this.#parts.logger.info('a signing key was made', { kid });
    return { kid, createdAt, key: privateKey };
  }
}
