import { AppError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';

/** Lists are paged by the id of the last row shown. */
export function idCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  if (!isId(cursor)) throw new AppError('not_found', { detail: 'The cursor is not one of ours: begin with the first page.' });
  return cursor;
}

/** `rows` were read with one more than `limit`, to know whether there are others. */
export function pageOf<T extends { readonly id: string }>(rows: readonly T[], limit: number): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
