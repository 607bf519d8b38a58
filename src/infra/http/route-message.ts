import { createHash } from 'node:crypto';
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

/** The header with the seal of the message that begins the body: a stranger is refused before a byte of the body is read. */
export const sealHeader = 'confab-seal';

/** Length and digest of a message: what is signed of it. */
export const sealOf = (message: Buffer): string => `${String(message.length)} ${digestOf(message)}`;

/** Reads the message of this seal and leaves the rest, in order. Null where the stream ends early, or begins with something else. */
export async function unsealed(source: AsyncIterable<Uint8Array>, seal: string): Promise<Unsealed | null> {
  const [length, digest] = seal.split(' ');
  const size = Number(length);
  const parts = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let count = 0;
  while (count < size) {
    const next = await parts.next();
    if (next.done === true) return null;
    seen.push(next.value);
    count += next.value.byteLength;
  }
  const all = Buffer.concat(seen);
  const content = all.subarray(0, size);
  return digestOf(content) === digest ? { text: content.toString(), rest: following(all.subarray(size), parts) } : null;
}

interface Unsealed {
  readonly text: string;
  readonly rest: AsyncIterable<Uint8Array>;
}

const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('base64url');

async function* following(first: Uint8Array, parts: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.byteLength > 0) yield first;
  for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
}

/** The status of an answer that is no answer of the route but a failure, as JSON. Handlers cannot answer with it. */
export const failureStatus = 599;
