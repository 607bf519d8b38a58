import { z } from 'zod';
import type { Operation } from '../../contracts/define.ts';

/** The largest body before sign-in. */
const publicBytes = 16_384;
const mostBytes = 262_144;
/** A letter takes at most six bytes, written as an escape. */
const bytesPerLetter = 6;
/** Ids, times, numbers, booleans and what formats bound by themselves. */
const scalarBytes = 128;

interface Node {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Node>>;
  readonly pattern?: string;
  readonly type?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

/** The largest body that an operation takes, by the bounds of its schema. */
export function bodyBytes({ access, input }: Operation): number {
  if (access === 'public') return publicBytes;
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Node;
  return Math.min(mostBytes, Math.max(publicBytes, sizeOf(schema, schema.$defs ?? {})));
}

type Definitions = Readonly<Record<string, Node>>;

function sizeOf(node: Node, named: Definitions): number {
  if (node.$ref !== undefined) return sizeOf(named[node.$ref.replace('#/$defs/', '')] ?? {}, named);
  if (node.anyOf) return Math.max(...node.anyOf.map((one) => sizeOf(one, named)));
  if (node.enum !== undefined || node.const !== undefined || (node.format !== undefined && node.maxLength === undefined))
    return scalarBytes;
  switch (node.type) {
    case 'string':
      return textSize(node);
    case 'array':
      return node.items ? (node.maxItems ?? mostBytes) * sizeOf(node.items, named) : mostBytes;
    case 'object':
      return node.properties ? sizeOfFields(node.properties, named) : mostBytes;
    case 'integer':
    case 'number':
    case 'boolean':
    case 'null':
      return scalarBytes;
    default:
      return mostBytes;
  }
}

function textSize({ maxLength, pattern }: Node): number {
  if (maxLength !== undefined) return maxLength * bytesPerLetter + scalarBytes;
  return pattern === undefined ? mostBytes : scalarBytes;
}

const sizeOfFields = (fields: Definitions, named: Definitions): number =>
  Object.entries(fields).reduce((sum, [key, value]) => sum + key.length + scalarBytes + sizeOf(value, named), 0);
