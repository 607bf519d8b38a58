import { AppError } from './errors.ts';
import { exhaustionOf, withExhaustion } from './exhaustion.ts';

const failure = (code: string, options?: ErrorOptions): Error => Object.assign(new Error(`${code}: open`, options), { code });

describe('an error for want of resources', () => {
  test.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAGAIN', 'ENOSPC', 'EDQUOT'])('with %s is unavailable for a moment', (code) => {
    const error = failure(code);
    expect(withExhaustion(error)).toMatchObject({ code: 'unavailable', status: 503, retryAfter: 2, cause: error });
  });

  test.each([
    ['ENOSPC', [{ path: 'storage', message: 'full' }]],
    ['EDQUOT', [{ path: 'storage', message: 'full' }]],
    ['EMFILE', undefined],
  ])('with %s says whether storage lacks', (code, errors) => {
    expect((withExhaustion(failure(code)) as AppError).errors).toEqual(errors);
  });

  test('is found behind other errors', () => {
    expect(exhaustionOf(new Error('no connection', { cause: failure('EMFILE') }))).toBe('EMFILE');
    expect(exhaustionOf(new AggregateError([failure('ECONNREFUSED'), failure('ENOBUFS')]))).toBe('ENOBUFS');
  });

  test('is not looked for without end', () => {
    const error = new Error('round');
    error.cause = error;
    expect(exhaustionOf(error)).toBe('');
  });
});

test.each([
  ['a missing file', failure('ENOENT')],
  ['an error with a meaning', new AppError('not_found', { cause: failure('EMFILE') })],
  ['something that is no error', { code: 'EMFILE' }],
])('%s passes as it is', (_name, error) => {
  expect(withExhaustion(error)).toBe(error);
});
