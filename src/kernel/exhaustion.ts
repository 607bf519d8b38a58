import { types } from 'node:util';
import { storageErrors } from '../contracts/storage.ts';
import { AppError, isAppError } from './errors.ts';

/** The process or the machine is out of file descriptors, memory, threads or disk: it passes, and the caller may try again. */
const exhausted = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAGAIN', 'ENOSPC', 'EDQUOT', 'ERR_WORKER_OUT_OF_MEMORY']);
const noRoom = new Set(['ENOSPC', 'EDQUOT']);
const deepestCause = 5;

/** The errno behind an error, its causes, or the errors it gathers; empty when the machine lacks nothing. */
export function exhaustionOf(error: unknown, depth = 0): string {
  if (!types.isNativeError(error) || depth > deepestCause) return '';
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string' && exhausted.has(code)) return code;
  const gathered: readonly unknown[] = Array.isArray(errors) ? errors.slice(0, deepestCause) : [];
  const within = [cause, ...gathered];
  return within.map((inner) => exhaustionOf(inner, depth + 1)).find((found) => found !== '') ?? '';
}

/** `unavailable` for an error that comes of exhaustion; every other error as it is. */
export function withExhaustion(error: unknown): unknown {
  const code = exhaustionOf(error);
  if (isAppError(error) || code === '') return error;
  const detail = 'The server is short of resources: try again in a moment.';
  return new AppError('unavailable', {
    detail,
    retryAfter: 2,
    cause: error,
    ...(noRoom.has(code) ? { errors: storageErrors('full') } : {}),
  });
}
