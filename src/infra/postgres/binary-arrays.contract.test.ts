import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { byteas, int4s, int8s, texts, timestamps, uuids } from './binary-arrays.ts';
import type { PgDatabase } from './pg-database.ts';

let made: TestDatabase;
let database: PgDatabase;

beforeAll(async () => {
  made = await createTestDatabase();
  database = made.database();
});
afterAll(() => made.drop());

const readBack = async (array: Buffer, type: string): Promise<unknown> => {
  const [row] = await database.query<{ same: unknown }>(`SELECT to_jsonb($1::${type}[]) AS same`, [array], `readBack.${type}`);
  return row?.same;
};
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 4 });

test('PostgreSQL reads ids as they were written, in either case, nulls and none at all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(orNull(fc.uuid())), async (ids) => {
      expect(await readBack(uuids(ids), 'uuid')).toEqual(ids);
      expect(await readBack(uuids(ids.map((id) => id?.toUpperCase() ?? null)), 'uuid')).toEqual(ids);
    }),
  );
});

test('PostgreSQL reads numbers of either size as they were written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer()), fc.array(fc.maxSafeInteger()), async (small, large) => {
      expect(await readBack(int4s(small), 'int4')).toEqual(small);
      expect(await readBack(int8s(large), 'int8')).toEqual(large);
    }),
  );
});

test('PostgreSQL reads texts as they were written: quotes, braces, empty ones, any script', async () => {
  const Text = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''));
  await fc.assert(
    fc.asyncProperty(fc.array(orNull(Text)), async (values) => {
      expect(await readBack(texts(values), 'text')).toEqual(values);
    }),
  );
  expect(await readBack(texts(['{"a,b"}', 'NULL', '', '\\', '🙂']), 'text')).toEqual(['{"a,b"}', 'NULL', '', '\\', '🙂']);
});

test('PostgreSQL reads bytes as they were written, also none', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array()), async (values) => {
      const hex = values.map((value) => `\\x${Buffer.from(value).toString('hex')}`);
      expect(await readBack(byteas(values.map((value) => Buffer.from(value))), 'bytea')).toEqual(hex);
    }),
  );
});

test('PostgreSQL reads times to the millisecond', async () => {
  const Time = fc.date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
  await fc.assert(
    fc.asyncProperty(fc.array(Time), async (times) => {
      const read = (await readBack(timestamps(times.map((time) => time.toISOString())), 'timestamptz')) as string[];
      expect(read.map((time) => Date.parse(time))).toEqual(times.map((time) => time.getTime()));
    }),
  );
});

test('what is no uuid is refused before it becomes one', () => {
  expect(() => uuids(['f0f0'])).toThrow('not a uuid');
});
