import { types } from 'node:util';
import { AppError, isAppError } from '../../kernel/errors.ts';
import { toAppError, unavailable } from './failures.ts';

const { isNativeError } = types;

/** Not reachable, timed out, connection closed, pool exhausted, transaction not begun or lost, too many connections. */
const unavailableCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
/** The same as the driver adapter names it, seen through raw queries. */
const unavailableKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);
const writeConflict = 'P2034';
const queryCanceled = '57014';

/** What a failure of Prisma means to the app; Prisma's constraint errors (`P2002` and such) stay as they are. */
export function toAppErrorFromPrisma(error: unknown): unknown {
  if (isAppError(error) || !isNativeError(error)) return error;
  if (isUnreachable(error)) return unavailable(error);
  const original = originalOf(error);
  if (original === queryCanceled) return new AppError('deadline_exceeded', { detail: 'The database took too long.', cause: error });
  const meant = toAppError(Object.assign(new Error(error.message), { code: original }));
  if (!isAppError(meant)) return toAppError(error);
  return new AppError(meant.code, { detail: meant.detail, retryAfter: meant.retryAfter ?? 1, cause: error });
}

function isUnreachable(error: Error): boolean {
  if (unavailableKinds.has(textAt(causeOf(error), 'kind'))) return true;
  // Prisma passes the code of a missing unix socket on as its own.
  return error.name.startsWith('PrismaClient') && (unavailableCodes.has(codeOf(error)) || codeOf(error) === 'ENOENT');
}

/** Deadlocks and serialisation failures. */
export const isPrismaRetriable = (error: unknown): boolean =>
  codeOf(error) === writeConflict ||
  textAt(causeOf(error), 'kind') === 'TransactionWriteConflict' ||
  ['40001', '40P01'].includes(originalOf(error));

const codeOf = (error: unknown): string => textAt(error, 'code');

/** The SQLSTATE behind Prisma's error, where its driver adapter names it. */
function originalOf(error: unknown): string {
  const cause = causeOf(error);
  return textAt(cause, 'originalCode') || textAt(cause, 'code');
}

const causeOf = (error: unknown): unknown => at(at(at(error, 'meta'), 'driverAdapterError'), 'cause') ?? at(error, 'cause');

const at = (from: unknown, key: string): unknown =>
  typeof from === 'object' && from !== null ? (from as Record<string, unknown>)[key] : undefined;

function textAt(from: unknown, key: string): string {
  const found = at(from, key);
  return typeof found === 'string' ? found : '';
}
