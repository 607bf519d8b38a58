import { AppError } from './errors.ts';
import { isId } from './ids.ts';

/** A page of `rows`, of which one more than `limit` was read to know whether there are others. Its cursor is the id of the last row shown. */
export function pageOf<T extends { readonly id: string }>(rows: readonly T[], limit: number): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** The id that a cursor of `pageOf` is, null for the first page. Throws `not_found` for anything else. */
export function idCursor(cursor: string | undefined): string | null {
  if (cursor !== undefined && !isId(cursor)) throw notOurs();
  return cursor ?? null;
}

/** A place in a list as text that clients hand back unread. */
export const cursorOf = (...parts: readonly string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** Reads it back, or refuses what is not ours: each part must be what it should be. */
export function partsOf(cursor: string, kinds: readonly ((part: string) => boolean)[]): string[] {
  const parts = parsed(cursor);
  if (!Array.isArray(parts) || parts.length !== kinds.length) throw notOurs();
  return parts.map((part: unknown, index) => {
    if (typeof part !== 'string' || !kinds[index]?.(part)) throw notOurs();
    return part;
  });
}

export const isCount = (part: string): boolean => /^\d{1,15}$/.test(part);
/** A moment that there is, in the notation of the app. */
export const isTime = (part: string): boolean =>
  /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(part) && !Number.isNaN(Date.parse(part)) && new Date(part).toISOString() === part;
/** What a database can hold. */
export const isText = (part: string): boolean => part.length <= 300 && part.isWellFormed() && !part.includes('\u0000');

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw notOurs();
  }
}

const notOurs = (): AppError =>
  new AppError('not_found', {
    detail: 'The cursor is not one of ours: begin with the first page.',
    errors: [{ path: 'cursor', message: 'is not one of ours' }],
  });
