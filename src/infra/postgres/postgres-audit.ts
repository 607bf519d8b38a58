import type { Endpoint } from '../../contracts/define.ts';
import type { AuditEntry, AuditFilter, AuditTrail } from '../../kernel/audit.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import type { Queryable } from '../../kernel/database.ts';
import { newId } from '../../kernel/ids.ts';
import { redacted } from '../../kernel/telemetry/redaction.ts';

export class PostgresAudit implements AuditTrail {
  readonly #database: Queryable;
  readonly #clock: Clock;

  constructor(database: Queryable, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async begin(operation: Pick<Endpoint, 'name'>, input: unknown, context: Context): Promise<string> {
    const id = newId();
    await this.#database.query(
      `INSERT INTO kernel.audit (id, at, actor_id, door, address, operation, subject, input, request_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)`,
      [
        id,
        this.#clock.timestamp(),
        context.actor?.userId ?? null,
        context.transport,
        context.address,
        operation.name,
        subjectOf(input),
        storable(redacted(input)),
        context.requestId,
      ],
    );
    return id;
  }

  async end(id: string, outcome: string): Promise<void> {
    await this.#database.query('UPDATE kernel.audit SET outcome = $2 WHERE id = $1', [id, outcome]);
  }

  list({ operation, actorId, limit, before }: AuditFilter): Promise<readonly AuditEntry[]> {
    return this.#database.query<AuditEntry & Record<string, unknown>>(
      `SELECT id, at, actor_id AS "actorId", door AS transport, address, operation, subject, input, outcome, request_id AS "requestId" FROM kernel.audit
       WHERE ($2::text IS NULL OR operation = $2) AND ($3::uuid IS NULL OR actor_id = $3) AND ($4::uuid IS NULL OR id < $4)
       ORDER BY id DESC LIMIT $1`,
      [limit, operation === '' ? null : (operation ?? null), actorId ?? null, before],
    );
  }
}

/** The first id in the input: what the change was about. */
function subjectOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) return null;
  const found = Object.entries(input).find(([key, value]) => key.endsWith('Id') && typeof value === 'string');
  return found ? String(found[1]).replaceAll('\u0000', '').slice(0, 100) : null;
}

/** The input is noted before it is checked, so it may hold anything: what PostgreSQL cannot keep is replaced. */
function storable(input: unknown): string {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  const text = JSON.stringify(isObject ? input : { value: input ?? null }, (_key, value: unknown) =>
    typeof value === 'string' ? value.slice(0, 1000).replaceAll('\u0000', '\uFFFD').toWellFormed() : value,
  ).replace(/\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '\\ufffd');
  return text.length > 16_000 ? JSON.stringify({ cut: text.slice(0, 8000).toWellFormed() }) : text;
}
