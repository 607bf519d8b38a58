import { types } from 'node:util';
import { AppError, isAppError } from '../../kernel/errors.ts';
import { exhaustionOf } from '../../kernel/exhaustion.ts';
import { wanting } from '../../kernel/storage-faults.ts';

// Not `instanceof`: an error may come from another realm, as all of Node's own do under jest.
const { isNativeError } = types;

/** Connection exceptions, shutdown, crash and start-up of the server, too many connections, disk or memory full. */
const unavailableStates = /^(08...|53...|57P0[1-5]|25P0[34])$/;
const unavailableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** The driver's own words for a lost or late connection: it gives them no code. */
const unavailableMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|Query read timeout)/;
const queryCanceled = '57014';
/** What a database answers to writers once its team has moved to another (`promote/`). */
export const movedState = 'CF001';
/** Text with NUL or broken UTF-8: every transport refuses it, and this is the net below them. */
const unstorableStates = new Set(['22021', '22P05']);
const retriable = new Set(['40001', '40P01']);

/**
 * What a failure of the driver means to the app: `unavailable` when the server is out of reach, `deadline_exceeded`
 * when a statement outlived its time. Constraint errors and all others stay as they are.
 */
export function toAppError(error: unknown): unknown {
  if (isAppError(error) || !isNativeError(error)) return error;
  const code = codeOf(error);
  if (code === queryCanceled) return new AppError('deadline_exceeded', { detail: 'The database took too long.', cause: error });
  if (code === movedState)
    return new AppError('unavailable', {
      detail: 'The team is moving to another database: try again in a moment.',
      retryAfter: 1,
      cause: error,
    });
  if (unstorableStates.has(code))
    return new AppError('validation_failed', { detail: 'The text must be well-formed Unicode without NUL.', cause: error });
  return wanting(code, error) ?? (isConnectionFailure(error) ? unavailable(error) : error);
}

export function isConnectionFailure(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const code = codeOf(error);
  return (
    unavailableCodes.has(code) ||
    exhaustionOf(error) !== '' ||
    isMissingSocket(error) ||
    unavailableStates.test(code) ||
    (code === '' && unavailableMessages.test(error.message))
  );
}

/** The server's unix socket, not just any file. */
const isMissingSocket = (error: object): boolean =>
  (error as NodeJS.ErrnoException).syscall === 'connect' && ['ENOENT', 'EACCES'].includes(codeOf(error));

/** Deadlocks and serialisation failures: the same work may succeed when run again. */
export const isRetriable = (error: unknown): boolean => retriable.has(codeOf(error));

export const unavailable = (cause: unknown): AppError =>
  new AppError('unavailable', { detail: 'The database cannot be reached just now.', retryAfter: 1, cause });

/** SQLSTATE of the server or errno of the socket; empty when there is none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  // Node gathers failures of several addresses in an AggregateError that carries the first one's code.
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
