import type { Role } from '../../../contracts/auth/entities.ts';
import type { Session } from '../../../contracts/auth/entities.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Context } from '../../../kernel/context.ts';
import type { Database, Queryable } from '../../../kernel/database/database.ts';
import { hashSecret, newId, newSecret } from '../../../kernel/ids.ts';

export interface OpenedSession {
  readonly sessionId: string;
  readonly refreshToken: string;
}

/** What became of a presented refresh token. */
export type Rotation =
  | { readonly kind: 'rotated'; readonly userId: string; readonly sessionId: string; readonly refreshToken: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'reused'; readonly userId: string; readonly sessionId: string };

interface TokenRow extends Record<string, unknown> {
  session_id: string;
  used_at: string | null;
  user_id: string;
  alive: boolean;
  child_used: boolean;
}

/** Two tabs present the same token this close together; later, it was stolen or restored from a backup. */
const siblingsWithinMs = 30_000;

/** Sessions and their refresh tokens in the `auth` schema. */
export class SessionRows {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #lifeSeconds: number;

  constructor(database: Database, { clock, lifeSeconds }: { clock: Clock; lifeSeconds: number }) {
    this.#database = database;
    this.#clock = clock;
    this.#lifeSeconds = lifeSeconds;
  }

  async open(userId: string, context: Context, on: Queryable): Promise<OpenedSession> {
    const sessionId = newId();
    const refreshToken = newSecret();
    const now = this.#clock.timestamp();
    await on.query(
      'INSERT INTO auth.sessions (id, user_id, device, address, created_at, last_used_at, expires_at) VALUES ($1, $2, $3, $4, $5, $5, $6)',
      [sessionId, userId, context.device.replaceAll('\u0000', '').toWellFormed(), context.address, now, this.#expiry()],
    );
    await on.query('INSERT INTO auth.refresh_tokens (hash, session_id, created_at) VALUES ($1, $2, $3)', [
      hashSecret(refreshToken),
      sessionId,
      now,
    ]);
    return { sessionId, refreshToken };
  }

  /** Trades a token for its child, in the caller's transaction. */
  async rotate(refreshToken: string, on: Queryable): Promise<Rotation> {
    const hash = hashSecret(refreshToken);
    const [row] = await on.query<TokenRow>(
      `SELECT t.session_id, t.used_at, s.user_id, (s.revoked_at IS NULL AND s.expires_at > $2 AND u.active) AS alive,
              EXISTS (SELECT 1 FROM auth.refresh_tokens c WHERE c.parent = t.hash AND c.used_at IS NOT NULL) AS child_used
       FROM auth.refresh_tokens t JOIN auth.sessions s ON s.id = t.session_id JOIN auth.users u ON u.id = s.user_id
       WHERE t.hash = $1 FOR UPDATE OF s`,
      [hash, this.#clock.timestamp()],
    );
    if (!row?.alive) return { kind: 'unknown' };
    const { session_id: sessionId, user_id: userId } = row;
    const isLate = row.used_at !== null && this.#clock.now() - Date.parse(row.used_at) > siblingsWithinMs;
    if (row.used_at !== null && row.child_used && isLate) return { kind: 'reused', userId, sessionId };
    if (row.used_at !== null && row.child_used && !(await this.#childJustUsed(hash, on))) return { kind: 'reused', userId, sessionId };
    return { kind: 'rotated', userId, sessionId, refreshToken: await this.#child(hash, sessionId, on) };
  }

  /** Ends sessions; answers the ids of those that were open. `null` ends all of the user's. */
  async revoke(userId: string, which: { only?: readonly string[]; except?: string }, on: Queryable): Promise<string[]> {
    const rows = await on.query<{ id: string }>(
      `UPDATE auth.sessions SET revoked_at = $2
       WHERE user_id = $1 AND revoked_at IS NULL AND ($3::uuid[] IS NULL OR id = ANY($3)) AND ($4::uuid IS NULL OR id <> $4) RETURNING id`,
      [userId, this.#clock.timestamp(), which.only ?? null, which.except ?? null],
    );
    return rows.map(({ id }) => id);
  }

  list(userId: string, currentId: string): Promise<Session[]> {
    return this.#database.query<Session & Record<string, unknown>>(
      `SELECT id, id = $2 AS current, device, address, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt"
       FROM auth.sessions WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $3 ORDER BY last_used_at DESC, id LIMIT 200`,
      [userId, currentId, this.#clock.timestamp()],
    );
  }

  /** State of sessions in the order asked; one statement for any number. */
  async read(ids: readonly string[]): Promise<({ sessionId: string; userId: string; role: Role } | null)[]> {
    const rows = await this.#database.query<{ sessionId: string; userId: string; role: Role }>(
      `SELECT s.id AS "sessionId", s.user_id AS "userId", u.role FROM auth.sessions s JOIN auth.users u ON u.id = s.user_id
       WHERE s.id = ANY($1::uuid[]) AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.active`,
      [ids, this.#clock.timestamp()],
      'auth.readSessions',
    );
    const found = new Map(rows.map((row) => [row.sessionId, row]));
    return ids.map((id) => found.get(id) ?? null);
  }

  /** Forgets what is long over. */
  async sweep(): Promise<void> {
    const past = new Date(this.#clock.now() - 86_400_000).toISOString();
    await this.#database.query('DELETE FROM auth.sessions WHERE expires_at < $1 OR revoked_at < $1', [past]);
    await this.#database.query(
      `DELETE FROM auth.refresh_tokens t WHERE t.used_at < $1
       AND EXISTS (SELECT 1 FROM auth.refresh_tokens c WHERE c.parent = t.hash AND c.used_at < $1)`,
      [new Date(this.#clock.now() - this.#lifeSeconds * 1000).toISOString()],
    );
    await this.#database.query('DELETE FROM auth.password_resets WHERE expires_at < $1', [past]);
  }

  /** A sibling that was used a moment ago is the other tab's; used longer ago, somebody else holds the family. */
  async #childJustUsed(hash: string, on: Queryable): Promise<boolean> {
    const rows = await on.query('SELECT 1 FROM auth.refresh_tokens WHERE parent = $1 AND used_at < $2', [
      hash,
      new Date(this.#clock.now() - siblingsWithinMs).toISOString(),
    ]);
    return rows.length === 0;
  }

  async #child(parent: string, sessionId: string, on: Queryable): Promise<string> {
    const refreshToken = newSecret();
    const now = this.#clock.timestamp();
    await on.query('UPDATE auth.refresh_tokens SET used_at = COALESCE(used_at, $2) WHERE hash = $1', [parent, now]);
    await on.query('INSERT INTO auth.refresh_tokens (hash, session_id, parent, created_at) VALUES ($1, $2, $3, $4)', [
      hashSecret(refreshToken),
      sessionId,
      parent,
      now,
    ]);
    await on.query('UPDATE auth.sessions SET last_used_at = $2, expires_at = $3 WHERE id = $1', [sessionId, now, this.#expiry()]);
    return refreshToken;
  }

  #expiry(): string {
    return new Date(this.#clock.now() + this.#lifeSeconds * 1000).toISOString();
  }
}
