import { z } from 'zod';
import { operations, routes } from './registry.ts';

type Node = Record<string, unknown>;

/** Paths of the texts of a schema for which it says neither a pattern nor a form nor a list of values. */
function openTexts(node: unknown, path: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((one, at) => openTexts(one, `${path}[${String(at)}]`));
  const { type, pattern, format, enum: values, const: value, contentEncoding, allOf } = node as Node;
  const isOpen = type === 'string' && [pattern, format, values, value, contentEncoding, allOf].every((said) => said === undefined);
  return [...(isOpen ? [path] : []), ...Object.entries(node).flatMap(([key, inner]) => openTexts(inner, `${path}.${key}`))];
}

/** Secrets are compared and stored nowhere: one that cannot be is answered as one that is not known, and a password may have been set under former rules. */
const ofSecrets = new Set(
  ['password', 'currentPassword', 'code', 'token', 'refreshToken', 'inviteCode'].map((name) => `.properties.${name}`),
);

const taken = [...operations.filter(({ access }) => access !== 'internal'), ...routes];

test.each(taken.map(({ name, input }) => [name, input] as const))(
  '%s says what each of its texts may hold: none takes NUL',
  (_name, input) => {
    const schema = z.toJSONSchema(input as z.ZodType, { io: 'input', unrepresentable: 'any', reused: 'inline' });
    expect(openTexts(schema, '').filter((path) => !ofSecrets.has(path))).toEqual([]);
  },
);
