import { type ErrorCode, errorStatus, Problem } from '../contracts/errors.ts';
import { AppError } from '../kernel/errors.ts';
import { toProblem } from './problem.ts';

test.each(Object.entries(errorStatus))('%s travels under %d', (code, status) => {
  const problem = toProblem(new AppError(code as ErrorCode, { detail: 'Why.' }), 'r1');
  expect(Problem.parse(problem)).toEqual({
    type: `urn:confab:error:${code}`,
    title: expect.any(String),
    status,
    code,
    detail: 'Why.',
    requestId: 'r1',
  });
});

test('faults and the time to come back go with it', () => {
  const errors = [{ path: 'text', message: 'is too long' }];
  expect(toProblem(new AppError('validation_failed', { errors, retryAfter: 3 }), 'r1')).toMatchObject({ errors, retryAfter: 3 });
});

test.each([[new TypeError('secret internals')], ['a word'], [undefined], [{ code: 'forbidden', status: 403 }]])(
  'whatever else is thrown is a fault of ours of which a client learns nothing: %s',
  (thrown) => {
    const problem = toProblem(thrown, 'r1');
    expect(problem).toEqual({
      type: 'urn:confab:error:internal',
      title: 'Internal Server Error',
      status: 500,
      code: 'internal',
      detail: 'Something went wrong on our side.',
      requestId: 'r1',
    });
  },
);

test('the cause of an error is left out', () => {
  expect(JSON.stringify(toProblem(new AppError('unavailable', { cause: new Error('db.internal:5432') }), 'r1'))).not.toContain('5432');
});

test('a want of file descriptors is unavailable for a moment, and the client learns no more', () => {
  const problem = toProblem(Object.assign(new Error('EMFILE: too many open files, open /data/secret'), { code: 'EMFILE' }), 'r1');
  expect(problem).toMatchObject({ status: 503, code: 'unavailable', retryAfter: 2 });
  expect(JSON.stringify(problem)).not.toContain('/data');
});
