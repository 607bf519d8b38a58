/**
 * Arrays in PostgreSQL's binary format (`array_send`), for statements that take hundreds of rows as columns: the server
 * copies what it would have to parse. The driver sends a Buffer as it is; the statement must cast it: `$1::uuid[]`.
 */
const header = 20;
const oid = { bytea: 17, text: 25, int4: 23, int8: 20, uuid: 2950, timestamptz: 1184 } as const;
const absent = -1;
/** Milliseconds between the epochs of Unix and of PostgreSQL. */
const epochMs = 946_684_800_000;

export const uuids = (ids: readonly (string | null)[]): Buffer => fixed(ids, oid.uuid, 16, writeUuid);

export const int4s = (numbers: readonly number[]): Buffer => fixed(numbers, oid.int4, 4, writeInt4);

export const int8s = (numbers: readonly number[]): Buffer => fixed(numbers, oid.int8, 8, writeInt8);

/** Of ISO 8601 texts. */
export const timestamps = (times: readonly string[]): Buffer =>
  fixed(times, oid.timestamptz, 8, (time, out, at) => {
    writeInt8((Date.parse(time) - epochMs) * 1000, out, at);
  });

export function texts(values: readonly (string | null)[]): Buffer {
  let size = header;
  for (const value of values) size += 4 + (value === null ? 0 : Buffer.byteLength(value));
  const out = begun(values.length, oid.text, size);
  let at = header;
  for (const value of values) {
    const length = value === null ? 0 : out.write(value, at + 4, 'utf8');
    writeInt4(value === null ? absent : length, out, at);
    at += 4 + length;
  }
  return out;
}

export function byteas(values: readonly Buffer[]): Buffer {
  const out = begun(
    values.length,
    oid.bytea,
    values.reduce((sum, { length }) => sum + 4 + length, header),
  );
  let at = header;
  for (const value of values) {
    at = out.writeInt32BE(value.length, at);
    at += value.copy(out, at);
  }
  return out;
}

function fixed<T extends string | number>(
  values: readonly (T | null)[],
  type: number,
  width: number,
  write: (value: T, out: Buffer, at: number) => void,
): Buffer {
  const out = begun(values.length, type, header + values.length * (4 + width));
  let at = header;
  for (const value of values) {
    writeInt4(value === null ? absent : width, out, at);
    at += 4;
    if (value === null) continue;
    write(value, out, at);
    at += width;
  }
  return at === out.length ? out : out.subarray(0, at);
}

/** An array of one dimension that counts from 1; one without elements has no dimension. */
function begun(count: number, type: number, size: number): Buffer {
  const out = Buffer.allocUnsafe(count === 0 ? 12 : size);
  out.writeInt32BE(count === 0 ? 0 : 1, 0);
  out.writeInt32BE(1, 4); // may hold nulls
  out.writeInt32BE(type, 8);
  if (count === 0) return out;
  out.writeInt32BE(count, 12);
  out.writeInt32BE(1, 16);
  return out;
}

/** A byte takes the low eight bits of what is stored in it. */
function writeInt4(value: number, out: Buffer, at: number): void {
  out[at] = value >> 24;
  out[at + 1] = value >> 16;
  out[at + 2] = value >> 8;
  out[at + 3] = value;
}

function writeInt8(value: number, out: Buffer, at: number): void {
  const high = Math.floor(value / 0x1_0000_0000);
  writeInt4(high, out, at);
  writeInt4((value - high * 0x1_0000_0000) | 0, out, at + 4);
}

/** Where the two digits of each byte of a uuid's text begin. */
const digitsAt = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const nibbles = new Uint8Array(128).map((_, code) => {
  const value = parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 0 : value;
});

function writeUuid(id: string, out: Buffer, at: number): void {
  if (id.length !== 36) throw new TypeError('not a uuid');
  for (let index = 0; index < 16; index++) {
    const digit = digitsAt[index] ?? 0;
    out[at + index] = ((nibbles[id.charCodeAt(digit)] ?? 0) << 4) | (nibbles[id.charCodeAt(digit + 1)] ?? 0);
  }
}
