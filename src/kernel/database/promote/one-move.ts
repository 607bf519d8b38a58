import type pg from 'pg';
import { AppError } from '../../errors.ts';

/** Beside the key of migrations. */
const promotionKey = 72_707_371;

/** One move at a time. */
export async function alone<T>(source: pg.Pool, work: () => Promise<T>): Promise<T> {
  const client = await source.connect();
  try {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [promotionKey]);
    if (rows[0]?.held !== true)
      throw new AppError('conflict', { detail: 'Another confab promote is under way: let it finish, or stop it.' });
    return await work();
  } finally {
    client.release(true);
  }
}

/** Names a database through every restart; a copy of its files has the same, and the comparison tells the two apart. */
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
