import type { Role } from '../../../contracts/auth/accounts.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Queryable } from '../../../kernel/database.ts';
import { Gather } from '../../../kernel/gather.ts';
import type { SessionLookup } from '../ports.ts';

interface Row extends Record<string, unknown> {
  sessionId: string;
  userId: string;
  role: Role;
}

/**
 * Reads sessions for the gateway, on every request. One prepared statement for any number of them, on the plain driver:
 * through Prisma it would cost twice as much.
 */
export class PostgresSessionLookup implements SessionLookup {
  readonly #database: Queryable;
  readonly #clock: Clock;
  /** Every request and handshake reads one session: those of one turn are read together. */
  readonly #gather = new Gather<string, Row>((ids) => this.#find(ids));

  constructor(database: Queryable, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async read(ids: readonly string[]): Promise<(Row | null)[]> {
    const [only] = ids;
    if (only !== undefined && ids.length === 1) return [(await this.#gather.get(only)) ?? null];
    const found = await this.#find(ids);
    return ids.map((id) => found.get(id) ?? null);
  }

  async #find(ids: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const rows = await this.#database.query<Row>(
      `SELECT s.id AS "sessionId", s.user_id AS "userId", u.role FROM auth.sessions s JOIN auth.users u ON u.id = s.user_id
       WHERE s.id = ANY($1::uuid[]) AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.active`,
      [ids, this.#clock.timestamp()],
      'auth.readSessions',
    );
    return new Map(rows.map((row) => [row.sessionId, row]));
  }
}
