import { z } from 'zod';
import { inputReader } from './request-input.ts';

const schema = z.strictObject({
  conversationId: z.string(),
  limit: z.int().min(1).default(50),
  before: z.number().optional(),
  unread: z.boolean().optional(),
  query: z.string().default(''),
  either: z.union([z.string(), z.number()]).optional(),
});
const read = inputReader(schema);
const none = { params: {}, query: {}, body: undefined };

test('path, query and body become one input, the path above all', () => {
  const input = read({
    params: { conversationId: 'from-path' },
    query: { limit: '5' },
    body: { conversationId: 'from-body', query: 'soup' },
  });
  expect(input).toEqual({ conversationId: 'from-path', limit: 5, query: 'soup' });
});

test('text of the address becomes what its schema asks for', () => {
  expect(read({ ...none, query: { limit: '20', before: '-3', unread: 'true', query: '42', either: '7' } })).toEqual({
    limit: 20,
    before: -3,
    unread: true,
    query: '42',
    either: '7',
  });
});

test.each(['', ' ', '1e3', '0x10', '1.5', 'NaN', 'Infinity', '12345678901234567890', '1,000'])(
  '%j is no number and left for the schema to refuse',
  (limit) => {
    const input = read({ ...none, params: { conversationId: 'c' }, query: { limit } });
    expect(input).toMatchObject({ limit });
    expect(schema.safeParse(input).success).toBe(false);
  },
);

test.each(['TRUE', '1', 'yes', ''])('%j is no boolean', (unread) => {
  expect(read({ ...none, query: { unread } })).toEqual({ unread });
});

test('numbers of a body are taken as they are, text of a body is never converted', () => {
  expect(read({ ...none, body: { limit: 3, before: '3' } })).toEqual({ limit: 3, before: '3' });
});

test.each([[[]], ['text'], [7], [null], [true]])('the body %j is no object and is refused', (body) => {
  expect(() => read({ ...none, body })).toThrow(expect.objectContaining({ code: 'validation_failed' }));
});

test('keys with a special meaning to objects are plain keys that the schema refuses', () => {
  const body = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as unknown;
  const input = read({ params: { conversationId: 'c' }, query: JSON.parse('{"__proto__":"x"}') as Record<string, unknown>, body });
  expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(schema.safeParse(input).success).toBe(false);
});

test('a repeated query key stays a list', () => {
  expect(read({ ...none, query: { limit: ['1', '2'] } })).toEqual({ limit: ['1', '2'] });
});
