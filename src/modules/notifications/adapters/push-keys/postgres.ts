import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Clock } from '../../../../kernel/clock.ts';
import type { Database, Queryable } from '../../../../kernel/database.ts';
import type { SecretBox } from '../../../../kernel/secret-box.ts';
import type { Logger } from '../../../../kernel/telemetry/logger.ts';
import type { PushKeys } from '../../ports.ts';

export interface KeyPair {
  /** Uncompressed P-256 in base64url. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

interface Parts {
  readonly database: Database;
  readonly box: SecretBox;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface KeyRow extends Record<string, unknown> {
  public_key: string;
  private_box: string;
}

const oneAtATime = 7_110_017;

/** One pair for all processes of a team, in `notifications.push_keys`; the first that asks makes it. */
export class PostgresPushKeys implements PushKeys {
  readonly #parts: Parts;
  #pair: Promise<KeyPair> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async publicKey(): Promise<string> {
    return (await this.pair()).publicKey;
  }

  /** Read once: it never changes. */
  pair(): Promise<KeyPair> {
    this.#pair ??= this.#readOrMake().catch((error: unknown) => {
      this.#pair = null;
      throw error;
    });
    return this.#pair;
  }

  #readOrMake(): Promise<KeyPair> {
    return this.#parts.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [oneAtATime]);
      const rows = await tx.query<KeyRow>('SELECT public_key, private_box FROM notifications.push_keys ORDER BY created_at, public_key');
      const own = rows.map((row) => this.#opened(row)).find((pair) => pair !== null);
      if (own) return own;
      if (rows.length > 0)
        this.#parts.logger.warn('the push keys were made under another CONFAB_SECRET; new ones are made, and browsers subscribe again', {
          event: 'notifications.push_keys_foreign',
        });
      return this.#make(tx);
    });
  }

  #opened({ public_key: publicKey, private_box: box }: KeyRow): KeyPair | null {
    const pem = this.#parts.box.open(box);
    return pem === null ? null : { publicKey, privateKey: createPrivateKey(pem) };
  }

  async #make(tx: Queryable): Promise<KeyPair> {
    const { box, clock, logger } = this.#parts;
    const pair = newKeyPair();
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await tx.query('INSERT INTO notifications.push_keys (public_key, private_box, created_at) VALUES ($1, $2, $3)', [
      pair.publicKey,
      box.seal(pem),
      clock.timestamp(),
    ]);
    logger.info('push keys were made', { event: 'notifications.push_keys_made' });
    return pair;
  }
}

export function newKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { publicKey: point.toString('base64url'), privateKey };
}
