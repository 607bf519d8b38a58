import { z } from 'zod';
import { type ErrorCode, errorStatus, type FieldFault } from '../../contracts/errors.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, isAppError } from '../../kernel/errors.ts';

/** A call on its way to another process. The deadline in its context is one of the wall clock: each process has a monotonic clock of its own. */
export interface CallMessage {
  readonly id: number;
  readonly operation: string;
  readonly input: unknown;
  readonly context: Context;
}

/** What came of it: an output, a refusal, or a bug whose stack stays in the log over there. */
export interface AnswerMessage {
  readonly id: number;
  readonly output?: unknown;
  readonly refusal?: Refusal;
  readonly bug?: true;
}

interface Refusal {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
  readonly retryAfter?: number;
}

export function failureMessage(id: number, error: unknown): AnswerMessage {
  if (!isAppError(error)) return { id, bug: true };
  const { code, detail, errors, retryAfter } = error;
  return { id, refusal: { code, detail, ...(errors ? { errors } : {}), ...(retryAfter === undefined ? {} : { retryAfter }) } };
}

/** The error as the caller's side throws it. */
export function failureOf({ refusal }: AnswerMessage, operation: string): Error {
  if (!refusal) return new Error(`${operation} failed in the process that serves it; the log there says why`);
  // A newer process may know codes that this one does not.
  return new AppError(Object.hasOwn(errorStatus, refusal.code) ? refusal.code : 'internal', refusal);
}

const SomeContext = z.object({
  requestId: z.string(),
  actor: z.object({ userId: z.string(), sessionId: z.string(), role: z.string() }).nullable(),
  transport: z.string(),
  address: z.string(),
  device: z.string(),
  connectionId: z.string().nullable(),
  deadline: z.number(),
});

export const CallShape = z.object({ id: z.int(), operation: z.string(), context: SomeContext });

const AnswerShape = z.object({
  id: z.int(),
  bug: z.literal(true).optional(),
  refusal: z
    .object({
      code: z.string(),
      detail: z.string(),
      errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
      retryAfter: z.number().optional(),
    })
    .optional(),
});

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
