import type { z } from 'zod';
import type { Operation } from '../../contracts/define.ts';
import { AppError } from '../errors.ts';

const faultsAtMost = 20;

/** The input as the declaration has it, or `validation_failed` that names each fault. */
export function parsedInput(operation: Operation, input: unknown): unknown {
  const parsed = operation.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, faultsAtMost).map((issue) => ({ path: pathOf(issue), message: issue.message.slice(0, 300) }));
  const [first] = errors;
  throw new AppError('validation_failed', {
    detail: first ? [first.path, first.message].filter(Boolean).join(': ') : 'The input is not valid.',
    errors,
  });
}

const pathOf = (issue: z.core.$ZodIssue): string => issue.path.map(String).join('.').slice(0, 200);
