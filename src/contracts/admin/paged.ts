import { Cursor, Limit } from '../primitives.ts';

export const Paged = { limit: Limit(50, 200), cursor: Cursor.optional() };
