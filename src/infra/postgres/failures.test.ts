import { AppError } from '../../kernel/errors.ts';
import { toAppError } from './failures.ts';

const failure = (fields: object, message = 'x'): Error => Object.assign(new Error(message), fields);

describe('a failure of the database', () => {
  test.each([
    ['a refused connection', failure({ code: 'ECONNREFUSED' })],
    ['a missing unix socket', failure({ code: 'ENOENT', syscall: 'connect' })],
    ['a server that shuts down', failure({ code: '57P01' })],
    ['a server that starts', failure({ code: '57P03' })],
    ['too many connections', failure({ code: '53300' })],
    ['a process out of file descriptors', failure({ code: 'EMFILE', syscall: 'connect' })],
    ['a machine out of socket buffers', failure({ code: 'ENOBUFS', syscall: 'connect' })],
    ['a connection that could not be made for want of descriptors', failure({ cause: failure({ code: 'ENFILE' }) })],
    ['a lost connection', failure({}, 'Connection terminated unexpectedly')],
    ['an exhausted pool', failure({}, 'timeout exceeded when trying to connect')],
  ])('%s is unavailable for a second', (_name, error) => {
    expect(toAppError(error)).toMatchObject({ code: 'unavailable', retryAfter: 1, cause: error });
  });

  test.each([
    ['a full disk', failure({ code: '53100' }), 'disk is full'],
    ['a quota that is used up', failure({ code: '58030' }, 'could not write block 3: Disk quota exceeded'), 'disk is full'],
    [
      'a log that cannot be written',
      failure({ code: 'XX000' }, 'could not write to file "pg_wal/x": No space left on device'),
      'disk is full',
    ],
    ['a read-only file system', failure({ code: '42501' }, 'could not open file: Read-only file system'), 'read-only'],
    ['no memory', failure({ code: '53200' }, 'out of memory'), 'out of memory'],
  ])('%s is said in plain words', (_name, error, words) => {
    expect(toAppError(error)).toMatchObject({ code: 'unavailable', retryAfter: 5, detail: expect.stringContaining(words), cause: error });
  });

  test.each([
    ['a full disk', failure({ code: '53100' }), 'full'],
    ['a full disk of MongoDB', failure({ code: '14031' }), 'full'],
    ['a read-only file system', failure({ code: '42501' }, 'could not open file: Read-only file system'), 'read-only'],
  ])('%s is named to programs at the path `storage`', (_name, error, fault) => {
    expect(toAppError(error)).toMatchObject({ errors: [{ path: 'storage', message: fault }] });
  });

  test('a want of memory is none of storage', () => {
    expect(toAppError(failure({ code: '53200' }, 'out of memory'))).toMatchObject({ code: 'unavailable', errors: undefined });
  });

  test('a statement that was cut off is deadline_exceeded', () => {
    expect(toAppError(failure({ code: '57014' }))).toMatchObject({ code: 'deadline_exceeded' });
  });

  test.each([
    ['a broken constraint', failure({ code: '23505' })],
    ['a missing right', failure({ code: '42501' }, 'permission denied for table x')],
    ['a faulty statement', failure({ code: '42601' })],
    ['a missing file', failure({ code: 'ENOENT', syscall: 'open' })],
    ['an error with a meaning', new AppError('not_found')],
    ['something that is no error', 'nonsense'],
  ])('%s passes as it is', (_name, error) => {
    expect(toAppError(error)).toBe(error);
  });
});
