import { AppError } from '../../../kernel/errors.ts';

/** A place in a list as text that clients hand back unread. */
export const cursorOf = (...parts: readonly string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** Reads it back, or refuses what is not ours: each part must match its pattern. */
export function partsOf(cursor: string, patterns: readonly RegExp[]): string[] {
  const parts = parsed(cursor);
  if (!Array.isArray(parts) || parts.length !== patterns.length) throw notOurs();
  return parts.map((part: unknown, index) => {
    if (typeof part !== 'string' || !patterns[index]?.test(part)) throw notOurs();
    return part;
  });
}

export const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const timePattern = /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
// eslint-disable-next-line no-control-regex -- PostgreSQL cannot store NUL
export const textPattern = /^[^\u0000\p{Cs}]{0,300}$/u;

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw notOurs();
  }
}

const notOurs = (): AppError =>
  new AppError('validation_failed', {
    detail: 'cursor: is not one of ours',
    errors: [{ path: 'cursor', message: 'is not one of ours' }],
  });
