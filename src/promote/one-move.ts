import type pg from 'pg';
import { AppError } from '../kernel/errors.ts';
import { codeOf } from '../infra/postgres/failures.ts';

/** Beside the key of migrations. */
const promotionKey = 72_707_371;

/** The server notices a moment late that the connection of a move that was cut off is gone. */
const lockTimeoutMs = 2_000;
const lockNotAvailable = '55P03';

/** Runs one move at a time. The lock is free when this settles, so that a move that failed can be run again at once. */
export async function alone<T>(source: pg.Pool, work: () => Promise<T>): Promise<T> {
  const client = await source.connect();
  try {
    await client.query(`SET lock_timeout = ${String(lockTimeoutMs)}`);
    await client.query('SELECT pg_advisory_lock($1)', [promotionKey]).catch((error: unknown) => {
      if (codeOf(error) !== lockNotAvailable) throw error;
      throw new AppError('conflict', { detail: 'Another confab promote is under way: let it finish, or stop it.', cause: error });
    });
    return await work();
  } finally {
    // A connection that was cut off holds nothing.
    await client.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    client.release(true);
  }
}

/** Names a database through every restart; a copy of its files has the same, and the comparison distinguishes the two. */
export async function identityOf(source: pg.Pool): Promise<string> {
  const { rows } = await source.query<{ id: string }>(
    "SELECT system_identifier::text || '/' || current_database() AS id FROM pg_control_system()",
  );
  return rows[0]?.id ?? '';
}

export const cutOff = (cause: unknown): AppError =>
  new AppError('unavailable', {
    detail: `The copy was cut off (${reasonsOf(cause)}). Run the command again: it goes on from where it was.`,
    cause,
  });

/** With what lies behind it: that a server cannot be reached does not say which. */
export function reasonsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} ${reasonsOf(error.cause)}`;
}

export const refusal = (faults: readonly string[]): AppError =>
  new AppError('conflict', { detail: `The team cannot move there:\n${faults.map((fault) => `  ${fault}`).join('\n')}` });

export const unlike = (names: readonly string[]): AppError =>
  new AppError('internal', { detail: `The copy of ${names.join(', ')} differs. Nothing was moved; run the command again.` });
