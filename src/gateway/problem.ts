import { STATUS_CODES } from 'node:http';
import type { Problem } from '../contracts/errors.ts';
import { AppError, isAppError } from '../kernel/errors.ts';
import { withExhaustion } from '../kernel/exhaustion.ts';

/** RFC 9457 details of any error. A want of resources is `unavailable`. Any other error that is no `AppError` is a bug: the client gets nothing but the request id. */
export function toProblem(thrown: unknown, requestId: string): Problem {
  const error = withExhaustion(thrown);
  const known = isAppError(error) ? error : new AppError('internal', { detail: 'Something went wrong on our side.' });
  return {
    type: `urn:confab:error:${known.code}`,
    title: STATUS_CODES[known.status] ?? known.code,
    status: known.status,
    code: known.code,
    detail: known.detail,
    requestId,
    ...(known.errors ? { errors: [...known.errors] } : {}),
    ...(known.retryAfter === undefined ? {} : { retryAfter: known.retryAfter }),
  };
}
