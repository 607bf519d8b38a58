import { storageErrors, storageFaultIn, type StorageFault } from '../contracts/storage.ts';
import { AppError } from './errors.ts';

/** What a database server lacks when it refuses to write. */
type Want = 'disk' | 'read-only' | 'memory';

const details: Readonly<Record<Want, string>> = {
  disk: 'The server’s disk is full: nothing can be stored until an admin frees space or enlarges it. Reading goes on.',
  'read-only':
    'The server’s disk takes no writes (it is mounted read-only): nothing can be stored until an admin mends it. Reading goes on.',
  memory: 'The database is out of memory: try again in a moment.',
};
const faults: Readonly<Partial<Record<Want, StorageFault>>> = { disk: 'full', 'read-only': 'read-only' };
const retryAfterSeconds = 5;

/** SQLSTATEs (PostgreSQL, appendix A), and the codes of MongoDB's `error_codes.yml` (OutOfDiskSpace; UserWritesBlocked, as hosted servers say it). */
const byCode: Readonly<Record<string, Want>> = { '53100': 'disk', '53200': 'memory', '14031': 'disk', '371': 'disk' };
/** PostgreSQL has one code each for I/O, internal errors and privileges. Only its message distinguishes the errors of a file system. */
const byWords: readonly (readonly [RegExp, Want])[] = [
  [/No space left on device|Disk quota exceeded|OutOfDiskSpace/i, 'disk'],
  [/Read-only file system/i, 'read-only'],
  [/Cannot allocate memory/, 'memory'],
];
const codesOfFiles = new Set(['58030', 'XX000', 'XX001', '42501', 'ENOSPC', 'EDQUOT', 'EROFS', '8', '1']);

export function wantOf(code: string, message: string): Want | null {
  const known = byCode[code];
  if (known) return known;
  if (!codesOfFiles.has(code)) return null;
  return byWords.find(([words]) => words.test(message))?.[1] ?? null;
}

/** `unavailable` that says what the server lacks; null when it lacks nothing. */
export function wanting(code: string, cause: Error): AppError | null {
  const want = wantOf(code, cause.message);
  if (!want) return null;
  const fault = faults[want];
  return new AppError('unavailable', {
    detail: details[want],
    retryAfter: retryAfterSeconds,
    cause,
    ...(fault ? { errors: storageErrors(fault) } : {}),
  });
}

/** Whether this is what a full or read-only disk makes of a request. */
export const isDiskWant = (error: unknown): boolean => error instanceof AppError && storageFaultIn(error.errors) !== null;
