import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { type Clock, days } from '../../../kernel/clock.ts';
import type { Database } from '../../../kernel/database/database.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import type { SecretBox } from './secret-box.ts';

interface SigningKey {
  readonly kid: string;
  readonly key: KeyObject;
  readonly createdAt: number;
}

interface KeyRow extends Record<string, unknown> {
  kid: string;
  public_jwk: Record<string, unknown>;
  private_box: string;
  created_at: string;
}

interface SigningParts {
  readonly database: Database;
  readonly box: SecretBox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly issuer: string;
  readonly lifeSeconds: number;
}

const rotateAfter = days(30);
/** Published well beyond the life of the last token it signed. */
const dropAfter = days(32);
const oneAtATime = 7_110_001;

/** ES256 keys that sign access tokens (RFC 9068); shared by all processes through the database. */
export class SigningKeys {
  readonly #parts: SigningParts;
  #current: SigningKey | null = null;

  constructor(parts: SigningParts) {
    this.#parts = parts;
  }

  /** Takes the newest key, makes one where there is none or it is old; safe on several nodes at once. */
  async rotate(): Promise<void> {
    const { database, clock } = this.#parts;
    this.#current = await database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [oneAtATime]);
      const rows = await tx.query<KeyRow>('SELECT * FROM auth.signing_keys ORDER BY created_at DESC LIMIT 1');
      const newest = rows[0] ? this.#opened(rows[0]) : null;
      if (newest && clock.now() - newest.createdAt < rotateAfter) return newest;
      const made = this.#made();
      await tx.query('INSERT INTO auth.signing_keys (kid, public_jwk, private_box, created_at) VALUES ($1, $2::jsonb, $3, $4)', [
        made.row.kid,
        JSON.stringify(made.row.public_jwk),
        made.row.private_box,
        made.row.created_at,
      ]);
      await tx.query('DELETE FROM auth.signing_keys WHERE created_at < $1', [new Date(clock.now() - dropAfter).toISOString()]);
      return made.key;
    });
  }

  /** A token for a session; who verifies it checks issuer, audience, type and time. */
  sign(userId: string, sessionId: string): string {
    const key = this.#current;
    if (!key) throw new Error('no signing key was read');
    return jwt.sign({ sid: sessionId }, key.key, {
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
    const rows = await this.#parts.database.query<KeyRow>('SELECT kid, public_jwk FROM auth.signing_keys ORDER BY created_at DESC');
    return rows.map(({ kid, public_jwk }) => ({ ...public_jwk, kid, use: 'sig', alg: 'ES256' }));
  }

  #opened(row: KeyRow): SigningKey | null {
    const pem = this.#parts.box.open(row.private_box);
    if (pem !== null) return { kid: row.kid, key: createPrivateKey(pem), createdAt: Date.parse(row.created_at) };
    this.#parts.logger.warn('the signing key was made under another CONFAB_SECRET; a new one is made', { kid: row.kid });
    return null;
  }

  #made(): { key: SigningKey; row: KeyRow } {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const now = this.#parts.clock.now();
    const kid = newId(now);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    return {
      key: { kid, key: privateKey, createdAt: now },
      row: {
        kid,
        public_jwk: { ...publicKey.export({ format: 'jwk' }) },
        private_box: this.#parts.box.seal(pem),
        created_at: new Date(now).toISOString(),
      },
    };
  }
}
