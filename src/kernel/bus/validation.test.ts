import { z } from 'zod';
import { operation } from '../../contracts/define.ts';
import { Nothing } from '../../contracts/primitives.ts';
import { parsedInput } from './validation.ts';

const rename = operation({
  name: 'chat.renameThings',
  summary: 'For tests',
  access: 'user',
  input: z.strictObject({ name: z.string().max(5), inner: z.strictObject({ count: z.int() }).optional() }),
  output: Nothing,
});

const refused = (errors: unknown) => expect.objectContaining({ code: 'validation_failed', errors }) as Error;

test('a bad value is named by its path', () => {
  const errors = [{ path: 'inner.count', message: expect.any(String) as string }];
  expect(() => parsedInput(rename, { name: 'a', inner: { count: 'x' } })).toThrow(refused(errors));
});

test('each unknown key is named by its own path', () => {
  const errors = ['a.b', 'c', 'inner.d'].map((path) => ({ path, message: 'is not a known key' }));
  expect(() => parsedInput(rename, { name: 'a', 'a.b': 1, c: 2, inner: { count: 1, d: 3 } })).toThrow(
    refused(expect.arrayContaining(errors)),
  );
});

test('of many unknown keys the first twenty are named, and of a long one the beginning', () => {
  const keys = Array.from({ length: 30 }, (_, at) => [`${String(at)}${'x'.repeat(300)}`, 1] as const);
  const errors = keys.slice(0, 20).map(([key]) => ({ path: key.slice(0, 200), message: 'is not a known key' }));
  expect(() => parsedInput(rename, { name: 'a', ...Object.fromEntries(keys) })).toThrow(refused(errors));
});
