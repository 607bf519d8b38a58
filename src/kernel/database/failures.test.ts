import { AppError } from '../errors.ts';
import { toAppError } from './failures.ts';

const failure = (fields: object, message = 'x'): Error => Object.assign(new Error(message), fields);

describe('a failure of the database', () => {
  test.each([
    ['a refused connection', failure({ code: 'ECONNREFUSED' })],
    ['a missing unix socket', failure({ code: 'ENOENT', syscall: 'connect' })],
    ['a server that shuts down', failure({ code: '57P01' })],
    ['a server that starts', failure({ code: '57P03' })],
    ['too many connections', failure({ code: '53300' })],
    ['a full disk', failure({ code: '53100' })],
    ['a process out of file descriptors', failure({ code: 'EMFILE', syscall: 'connect' })],
    ['a machine out of socket buffers', failure({ code: 'ENOBUFS', syscall: 'connect' })],
    ['a connection that could not be made for want of descriptors', failure({ cause: failure({ code: 'ENFILE' }) })],
    ['a lost connection', failure({}, 'Connection terminated unexpectedly')],
    ['an exhausted pool', failure({}, 'timeout exceeded when trying to connect')],
  ])('%s is unavailable for a second', (_name, error) => {
    expect(toAppError(error)).toMatchObject({ code: 'unavailable', retryAfter: 1, cause: error });
  });

  test('a statement that was cut off is deadline_exceeded', () => {
    expect(toAppError(failure({ code: '57014' }))).toMatchObject({ code: 'deadline_exceeded' });
  });

  test.each([
    ['a broken constraint', failure({ code: '23505' })],
    ['a faulty statement', failure({ code: '42601' })],
    ['a missing file', failure({ code: 'ENOENT', syscall: 'open' })],
    ['an error with a meaning', new AppError('not_found')],
    ['something that is no error', 'nonsense'],
  ])('%s passes as it is', (_name, error) => {
    expect(toAppError(error)).toBe(error);
  });
});
