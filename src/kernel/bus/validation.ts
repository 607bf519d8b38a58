import type { z } from 'zod';
import type { Endpoint } from '../../contracts/define.ts';
import type { FieldFault } from '../../contracts/errors.ts';
import { AppError } from '../errors.ts';

const faultsAtMost = 20;

/** The input as the declaration has it, or `validation_failed` that names each fault. */
export function parsedInput({ input: schema }: Pick<Endpoint, 'input'>, input: unknown): unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(faultsOf).slice(0, faultsAtMost);
  const [first] = errors;
  throw new AppError('validation_failed', {
    detail: first ? [first.path, first.message].filter(Boolean).join(': ') : 'The input is not valid.',
    errors,
  });
}

/** An unknown key is a fault at its own path. */
const faultsOf = (issue: z.core.$ZodIssue): FieldFault[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => faultAt([...issue.path, key], 'is not a known key'))
    : [faultAt(issue.path, issue.message)];

const faultAt = (path: readonly PropertyKey[], message: string): FieldFault => ({
  path: path.map(String).join('.').slice(0, 200),
  message: message.slice(0, 300),
});
