import { z } from 'zod';
import { monotonicTimeOf, wallTimeOf } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { ContextShape } from '../cluster/call-parts.ts';

/** What a route is asked, without the bytes of its body. */
export interface RouteMessage {
  readonly route: string;
  readonly input: unknown;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly hasBody: boolean;
  readonly context: Context;
}

/** Longer than the longest input that has fields and all headers together. */
const longestMessage = 1_048_576;
const lengthBytes = 4;

const Shape = z.object({
  route: z.string(),
  input: z.unknown(),
  method: z.string(),
  url: z.url(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  hasBody: z.boolean(),
  context: ContextShape,
});

export const textOf = ({ context, ...rest }: RouteMessage): string =>
  JSON.stringify({ ...rest, context: { ...context, deadline: wallTimeOf(context.deadline) } });

/** Null where it has another shape: a newer version may have written it. */
export function routeMessageIn(text: string): RouteMessage | null {
  const parsed = Shape.safeParse(jsonIn(text));
  if (!parsed.success) return null;
  const { context, ...rest } = parsed.data;
  // Further fields of a context are kept: the process that wrote it is one of the team.
  const whole = { ...(jsonIn(text) as { context: Context }).context, deadline: monotonicTimeOf(context.deadline) };
  return { ...rest, context: whole };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A signed message before the bytes of a body: its length, then itself. */
export function framed(content: Buffer): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

/** Reads the message and leaves the rest, in order. Null where the stream ends early, or announces more than there can be. */
export async function unframed(source: AsyncIterable<Uint8Array>): Promise<{ content: Buffer; rest: AsyncIterable<Uint8Array> } | null> {
  const parts = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let size = 0;
  let end = Infinity;
  while (size < end) {
    const next = await parts.next();
    if (next.done === true) return null;
    seen.push(next.value);
    size += next.value.byteLength;
    // The length may come in parts; what follows it is put together once.
    if (end === Infinity && size >= lengthBytes) end = endOf(Buffer.concat(seen));
    if (end !== Infinity && end > longestMessage) return null;
  }
  const whole = Buffer.concat(seen);
  return { content: whole.subarray(lengthBytes, end), rest: following(whole.subarray(end), parts) };
}

const endOf = (seen: Buffer): number => lengthBytes + seen.readUInt32BE();

async function* following(first: Uint8Array, parts: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.byteLength > 0) yield first;
  for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
}

/** The status of an answer that is no answer of the route but a failure, as JSON. Handlers cannot answer with it. */
export const failureStatus = 599;
