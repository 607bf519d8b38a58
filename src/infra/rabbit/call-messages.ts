import { z } from 'zod';
import type { Context } from '../../kernel/context.ts';
import { ContextShape, type Failure, FailureShape } from '../cluster/call-parts.ts';

/** A call on its way to another process. The deadline in its context is one of the wall clock: each process has a monotonic clock of its own. */
export interface CallMessage {
  readonly id: number;
  readonly operation: string;
  readonly input: unknown;
  readonly context: Context;
}

/** What came of it: an output, or a failure. */
export interface AnswerMessage extends Failure {
  readonly id: number;
  readonly output?: unknown;
}

export const CallShape = z.object({ id: z.int(), operation: z.string(), context: ContextShape });

const AnswerShape = FailureShape.extend({ id: z.int() });

/** The entries of a message that have the right shape, as they came, and whether there was nothing else: a newer version may have written it. */
export interface ReadMessages<T> {
  readonly messages: readonly T[];
  readonly isWhole: boolean;
}

export const callsIn = (text: string): ReadMessages<CallMessage> => messagesOf(text, CallShape) as ReadMessages<CallMessage>;
export const answersIn = (text: string): ReadMessages<AnswerMessage> => messagesOf(text, AnswerShape) as ReadMessages<AnswerMessage>;

export function messagesOf(text: string, shape: z.ZodType): ReadMessages<unknown> {
  const all = listIn(text);
  const messages = all.filter((message) => shape.safeParse(message).success);
  return { messages, isWhole: all.length > 0 && messages.length === all.length };
}

function listIn(text: string): readonly unknown[] {
  try {
    const messages = JSON.parse(text) as unknown;
    return Array.isArray(messages) ? messages : [];
  } catch {
    return [];
  }
}
