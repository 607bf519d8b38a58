import type { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';

type Shape = Readonly<Record<string, z.ZodType>>;
interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
}

/** Puts path, query and body of a request together as the input of an operation. */
export function inputReader(schema: z.ZodType): (parts: RequestParts) => unknown {
  const shape: Shape = 'shape' in schema ? (schema.shape as Shape) : {};
  const kinds = new Map(Object.entries(shape).map(([key, field]) => [key, kindOf(field)]));
  return ({ params, query, body }) => {
    if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body))) {
      throw new AppError('validation_failed', { detail: 'The body must be a JSON object.' });
    }
    return { ...fromText(query, kinds), ...body, ...fromText(params, kinds) };
  };
}

export interface RequestParts {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Text of an address as the type its schema asks for; what does not fit is left for the schema to refuse. */
function fromText(values: Readonly<Record<string, unknown>>, kinds: ReadonlyMap<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, converted(value, kinds.get(key))]));
}

function converted(value: unknown, kind: string | undefined): unknown {
  if (typeof value !== 'string') return value;
  if (kind === 'number' && /^-?\d{1,16}$/.test(value)) return Number(value);
  if (kind === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function kindOf(schema: z.ZodType): string {
  const definition = schema.def as unknown as Definition;
  const inner = definition.innerType ?? definition.in;
  return inner ? kindOf(inner) : definition.type;
}
