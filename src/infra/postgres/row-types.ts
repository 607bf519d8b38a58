import pg from 'pg';

type Parse = (text: string) => unknown;

const { builtins } = pg.types;
/** The driver types its parsers as `any`. */
const getTypeParser = pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => Parse;
const textArray = 1009;
const int8Array = 1016;
const timestamptzArray = 1185;

/** ISO 8601 in UTC with milliseconds, from PostgreSQL's `2026-11-24 14:15:14.123456+00`. */
export function isoTimestamp(text: string): string {
  const point = text.charCodeAt(19) === 46;
  const zone = point ? text.length - 3 : 19;
  if (text.length < 22 || !text.endsWith('+00') || text.charCodeAt(10) !== 32 || (!point && text.length !== 22)) return slowTimestamp(text);
  const fraction = point ? text.slice(20, Math.min(23, zone)).padEnd(3, '0') : '000';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

/** Years beyond 9999, other time zones and the infinities. */
function slowTimestamp(text: string): string {
  const date = getTypeParser(builtins.TIMESTAMPTZ)(text);
  return date instanceof Date ? date.toISOString() : text;
}

const asIs: Parse = (text) => text;
const arrayOf =
  (parse: Parse): Parse =>
  (text) =>
    mapEntries(getTypeParser(textArray)(text), parse);

function mapEntries(entry: unknown, parse: Parse): unknown {
  if (Array.isArray(entry)) return entry.map((inner) => mapEntries(inner, parse));
  return typeof entry === 'string' ? parse(entry) : entry;
}

const parsers = new Map<number, Parse>([
  [builtins.INT8, Number],
  [int8Array, arrayOf(Number)],
  [builtins.TIMESTAMPTZ, isoTimestamp],
  [timestamptzArray, arrayOf(isoTimestamp)],
  // A date or a timestamp without a zone names no instant: `Date` would invent one.
  [builtins.TIMESTAMP, asIs],
  [builtins.DATE, asIs],
]);

/** How columns become values, for one pool: the driver's global parsers stay as other packages expect them. */
export const rowTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};
