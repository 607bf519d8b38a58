import { z } from 'zod';
import { type ErrorCode, errorStatus, type FieldFault } from '../../contracts/errors.ts';
import { AppError, isAppError } from '../../kernel/errors.ts';

/** An error on its way to another process: a refusal, or a bug whose stack stays in the log of the process that threw it. */
export interface Failure {
  readonly refusal?: Refusal;
  readonly bug?: true;
}

interface Refusal {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
  readonly retryAfter?: number;
}

export const FailureShape = z.object({
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

export function failureOf(error: unknown): Failure {
  if (!isAppError(error)) return { bug: true };
  const { code, detail, errors, retryAfter } = error;
  return { refusal: { code, detail, ...(errors ? { errors } : {}), ...(retryAfter === undefined ? {} : { retryAfter }) } };
}

/** The error as the caller's side throws it. */
export function errorOf({ refusal }: Failure, name: string): Error {
  if (!refusal) return new Error(`${name} failed in the process that serves it; the log there says why`);
  // A newer process may know codes that this one does not.
  return new AppError(Object.hasOwn(errorStatus, refusal.code) ? refusal.code : 'internal', refusal);
}

/** A context as it crosses process borders; its deadline is one of the wall clock. */
export const ContextShape = z.object({
  requestId: z.string(),
  actor: z.object({ userId: z.string(), sessionId: z.string(), role: z.string() }).nullable(),
  transport: z.string(),
  address: z.string(),
  device: z.string(),
  connectionId: z.string().nullable(),
  deadline: z.number(),
});
