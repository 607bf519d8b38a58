import { AppError } from './errors.ts';
import { isId } from './ids.ts';

/** A list is read with one row more than `limit`, so that the page knows whether there are others. */
export interface Paging<Row, Item> {
  readonly limit: number;
  present(row: Row): Item;
  /** The place of the last row that is shown, as text; the next page begins behind it. */
  cursor(last: Row): string;
  /** The items take no more than this as JSON in UTF-8; one item always comes. */
  readonly bytes?: number;
  /** The rows ended before `limit`, and there are others all the same. */
  readonly isCut?: boolean;
}

/** A page of `rows`, which are in the order of the list. `nextCursor` is null on the last page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  { limit, present, cursor, bytes, isCut = false }: Paging<Row, Item>,
): { items: Item[]; nextCursor: string | null } {
  const presented = rows.slice(0, limit).map((row) => present(row));
  const items = bytes === undefined ? presented : within(presented, bytes);
  const last = isCut || rows.length > items.length ? rows[items.length - 1] : undefined;
  return { items, nextCursor: last === undefined ? null : cursor(last) };
}

/** A place in a list as text that clients hand back unread. */
export const cursorOf = (...parts: readonly string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** Reads what `cursorOf` made. Throws `not_found` for anything else: each part must be of its kind. */
export function partsOf(cursor: string, kinds: readonly ((part: string) => boolean)[]): string[] {
  const parts = parsed(cursor);
  if (!Array.isArray(parts) || parts.length !== kinds.length) throw notOurs();
  return parts.map((part: unknown, index) => {
    if (typeof part !== 'string' || !kinds[index]?.(part)) throw notOurs();
    return part;
  });
}

/** Reads a cursor that is the bare id of a row; null for the first page. Throws `not_found` for anything else. */
export function idCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  if (!isId(cursor)) throw notOurs();
  return cursor;
}

export const isCount = (part: string): boolean => /^\d{1,15}$/.test(part);
/** A moment that there is, in the notation of the app. */
export const isTime = (part: string): boolean =>
  /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(part) && !Number.isNaN(Date.parse(part)) && new Date(part).toISOString() === part;
/** What a database can hold. */
export const isText = (part: string): boolean => part.length <= 300 && part.isWellFormed() && !part.includes('\u0000');

/** What a value takes as JSON in UTF-8. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The first items that together take no more than `bytes` as JSON; one at least. */
export function within<T>(items: readonly T[], bytes: number): T[] {
  let sum = 0;
  const end = items.findIndex((item) => (sum += bytesOf(item) + 1) > bytes);
  return items.slice(0, end < 0 ? items.length : Math.max(1, end));
}

/** The last items that together take no more than `bytes` as JSON; one at least. */
export const withinLast = <T>(items: readonly T[], bytes: number): T[] => within([...items].reverse(), bytes).reverse();

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
