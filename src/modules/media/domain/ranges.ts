import type { ByteRange } from '../ports.ts';

/** What of a file is answered: all of it, a range, or that there is no such range (RFC 9110, section 14). */
export type Portion = 'whole' | 'unsatisfiable' | ByteRange;

/** `Range` and `If-Range` of a request. Several ranges, another unit, or a changed file: the whole file is a right answer too. */
export function portionOf(headers: Pick<Headers, 'get'>, { etag, size }: { etag: string; size: number }): Portion {
  const asked = /^\s*bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(headers.get('range') ?? '');
  const ifRange = headers.get('if-range');
  if (!asked || (ifRange !== null && ifRange !== etag)) return 'whole';
  const [, first = '', last = ''] = asked;
  if (first === '') return last === '' ? 'whole' : suffix(Number(last), size);
  const [start, end] = [Number(first), last === '' ? size - 1 : Math.min(Number(last), size - 1)];
  if (last !== '' && Number(last) < start) return 'whole';
  return start < size ? { start, end } : 'unsatisfiable';
}

const suffix = (length: number, size: number): Portion =>
  length === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size - 1 };

/** Whether the client has this very file already. */
export const hasAlready = (headers: Pick<Headers, 'get'>, etag: string): boolean =>
  (headers.get('if-none-match') ?? '').split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
