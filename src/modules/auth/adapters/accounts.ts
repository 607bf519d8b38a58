import type { Role } from '../../../contracts/auth/entities.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Database, Queryable } from '../../../kernel/database/database.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { UserRow } from './account-rows.ts';

export interface NewAccount {
  readonly username: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: Role;
  readonly passwordHash: string | null;
}

/** Accounts in the `auth` schema. Methods that take `on` run inside the caller's transaction. */
export class Accounts {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Throws `username_taken` or `email_taken`. */
  async insert(account: NewAccount, on: Queryable): Promise<UserRow> {
    const rows = await on.query<UserRow>(
      `INSERT INTO auth.users (id, username, email, display_name, role, password_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING *`,
      [newId(), account.username, account.email, account.displayName, account.role, account.passwordHash, this.#clock.timestamp()],
    );
    if (rows[0]) return rows[0];
    const [taken] = await on.query('SELECT 1 FROM auth.users WHERE username = $1', [account.username]);
    throw taken
      ? new AppError('username_taken', { detail: 'This username is taken.' })
      : new AppError('email_taken', { detail: 'There is an account with this e-mail address.' });
  }

  async find(id: string, on: Queryable = this.#database): Promise<UserRow | null> {
    const [row] = await on.query<UserRow>('SELECT * FROM auth.users WHERE id = $1', [id]);
    return row ?? null;
  }

  async findByLogin(login: string): Promise<UserRow | null> {
    const [row] = await this.#database.query<UserRow>(
      'SELECT * FROM auth.users WHERE username = $1 OR email = $1 OR id::text = $1 LIMIT 1',
      [login.toLowerCase()],
    );
    return row ?? null;
  }

  /** Sorted by name; `cursor` is the last row's `name\tid`. */
  list({
    query,
    limit,
    cursor,
    onlyActive,
  }: {
    query: string;
    limit: number;
    cursor: string | undefined;
    onlyActive: boolean;
  }): Promise<UserRow[]> {
    const [name, id] = cursorParts(cursor);
    return this.#database.query<UserRow>(
      `SELECT * FROM auth.users
       WHERE (NOT $5::boolean OR active)
         AND ($1 = '' OR lower(display_name) LIKE '%' || $1 || '%' OR username LIKE '%' || $1 || '%' OR (NOT $5::boolean AND email LIKE '%' || $1 || '%'))
         AND ($3::text IS NULL OR (lower(display_name), id) > ($3, $4::uuid))
       ORDER BY lower(display_name), id LIMIT $2`,
      [query.toLowerCase().replace(/[\\%_]/g, (mark) => `\\${mark}`), limit, name, id, onlyActive],
    );
  }

  async update(
    id: string,
    change: Partial<Record<'username' | 'display_name' | 'role' | 'active' | 'password_hash', unknown>>,
    on: Queryable,
  ): Promise<UserRow | null> {
    const entries = Object.entries(change);
    const sets = entries.map(([column], index) => `${column} = $${String(index + 2)}`).join(', ');
    try {
      const [row] = await on.query<UserRow>(`UPDATE auth.users SET ${sets} WHERE id = $1 RETURNING *`, [
        id,
        ...entries.map(([, value]) => value),
      ]);
      return row ?? null;
    } catch (error) {
      if ((error as { code?: unknown }).code === '23505') throw new AppError('username_taken', { detail: 'This username is taken.' });
      throw error;
    }
  }

  /** Owners that can sign in, locked so that two changes cannot both spare the other's last one. */
  async lockOwners(on: Queryable): Promise<string[]> {
    const rows = await on.query<{ id: string }>("SELECT id FROM auth.users WHERE role = 'owner' AND active ORDER BY id FOR UPDATE");
    return rows.map(({ id }) => id);
  }
}

export const cursorOf = (row: UserRow): string => Buffer.from(`${row.display_name.toLowerCase()}\t${row.id}`).toString('base64url');

function cursorParts(cursor: string | undefined): [string | null, string | null] {
  if (cursor === undefined) return [null, null];
  const [name, id] = Buffer.from(cursor, 'base64url').toString('utf8').split('\t');
  if (name === undefined || !/^[0-9a-f-]{36}$/.test(id ?? '') || name.includes('\u0000'))
    throw new AppError('validation_failed', { detail: 'The cursor is not one of ours.' });
  return [name, id ?? null];
}
