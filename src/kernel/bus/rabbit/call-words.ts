import { type ErrorCode, errorStatus, type FieldFault } from '../../../contracts/errors.ts';
import type { Context } from '../../context.ts';
import { AppError, isAppError } from '../../errors.ts';

/** A call on its way to another process. */
export interface CallWord {
  readonly id: number;
  readonly operation: string;
  readonly input: unknown;
  readonly context: Context;
}

/** What came of it: an output, a refusal, or a bug whose stack stays in the log over there. */
export interface AnswerWord {
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

export function failureWord(id: number, error: unknown): AnswerWord {
  if (!isAppError(error)) return { id, bug: true };
  const { code, detail, errors, retryAfter } = error;
  return { id, refusal: { code, detail, ...(errors ? { errors } : {}), ...(retryAfter === undefined ? {} : { retryAfter }) } };
}

/** The error as the caller's side throws it. */
export function failureOf({ refusal }: AnswerWord, operation: string): Error {
  if (!refusal) return new Error(`${operation} failed in the process that serves it; the log there says why`);
  // A newer process may know codes that this one does not.
  return new AppError(Object.hasOwn(errorStatus, refusal.code) ? refusal.code : 'internal', refusal);
}

/** The words of a message; none where another program wrote it. */
export function wordsOf(content: Buffer): readonly unknown[] {
  try {
    const words = JSON.parse(content.toString()) as unknown;
    return Array.isArray(words) ? words : [];
  } catch {
    return [];
  }
}
