import fc from 'fast-check';
import { z } from 'zod';

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Values that programs send by mistake and people on purpose. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    0,
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER,
    true,
    [],
    {},
    { $ne: null },
    { $gt: '' },
    { toString: 1 },
    ['__proto__'],
    'nul\u0000',
    'lone\ud800',
    '\u202e\u0301\ufeff',
    "'; DROP TABLE users; --",
    '%00',
    '../../etc/passwd',
    '(a+)+$',
    'x'.repeat(20_000),
    '💥'.repeat(2_000),
    '00000000-0000-0000-0000-000000000000',
    '9999-99-99T99:99:99.999Z',
    JSON.parse('{"__proto__":{"admin":true}}') as unknown,
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** What the schema takes, now and then with a field spoilt, dropped, or one too many. */
export function inputsFor(schema: z.ZodType): fc.Arbitrary<unknown> {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema & {
    $defs?: Record<string, Schema>;
  };
  const valid = arbitraryOf(described, described.$defs ?? {});
  const spoilt = fc
    .tuple(valid, fc.nat(), hostileValue, fc.constantFrom('replace', 'drop', 'add'))
    .map(([value, at, hostile, how]) => spoil(value, at, hostile, how));
  return fc.oneof({ weight: 4, arbitrary: spoilt }, { weight: 2, arbitrary: valid }, { weight: 1, arbitrary: hostileValue });
}

function spoil(value: unknown, at: number, hostile: unknown, how: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return hostile;
  const keys = Object.keys(value);
  if (how === 'add' || keys.length === 0) return { ...value, surplus: hostile };
  const key = keys[at % keys.length] ?? '';
  if (how === 'drop') return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return { ...value, [key]: hostile };
}

function arbitraryOf(schema: Schema & { $ref?: string }, definitions: Record<string, Schema>): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return arbitraryOf(definitions[schema.$ref.replace('#/$defs/', '')] ?? {}, definitions);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((option) => arbitraryOf(option, definitions)));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, definitions);
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}, definitions), { maxLength: 4 });
    case 'string':
      return stringOf(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: Math.max(schema.minimum ?? 0, -1e9), max: Math.min(schema.maximum ?? 1000, 1e9) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return hostileValue;
  }
}

function objectOf(
  { properties, required = [], additionalProperties, propertyNames }: Schema,
  definitions: Record<string, Schema>,
): fc.Arbitrary<unknown> {
  if (!properties) {
    const values = typeof additionalProperties === 'object' ? arbitraryOf(additionalProperties, definitions) : hostileValue;
    const keys = propertyNames ? (arbitraryOf(propertyNames, definitions) as fc.Arbitrary<string>) : fc.string();
    return fc.dictionary(keys, values, { maxKeys: 4 });
  }
  const fields = Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, arbitraryOf(field, definitions)]));
  return fc.record(fields, { requiredKeys: required.filter((key) => key in fields) });
}

function stringOf({ format, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid' || format === 'guid') return fc.uuid();
  if (format === 'date-time')
    return fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString());
  if (format === 'email') return fc.emailAddress();
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, Math.max(minLength, 60)) });
}
