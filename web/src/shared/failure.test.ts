import { ClientError, type Problem, type StorageFault } from '../../../client/index.ts';
import { failureText } from './failure.ts';
import { loadCatalogue, translator } from './i18n/translate.ts';

beforeAll(() => loadCatalogue('ru'));

const refusal = (fault: string): ClientError => {
  const errors = [{ path: 'storage', message: fault }];
  return new ClientError('unavailable', { problem: { code: 'unavailable', status: 503, retryAfter: 5, errors } as Problem });
};

test.each<[StorageFault, 'en' | 'ru', RegExp, RegExp]>([
  ['full', 'en', /disk is full/, /admin/],
  ['read-only', 'en', /takes no writes/, /admin/],
  ['full', 'ru', /закончилось место/, /администратору/],
  ['read-only', 'ru', /не принимает запись/, /администратору/],
])('a disk that is %s is named in %s, with whom to ask', (fault, locale, what, whom) => {
  const text = failureText(translator(locale), refusal(fault));
  expect(text).toMatch(what);
  expect(text).toMatch(whom);
});

test('a fault of storage that this page does not know, and any other refusal, keep the words of their code', () => {
  const t = translator('en');
  expect(failureText(t, refusal('melted'))).toBe(t('error.unavailable'));
  expect(failureText(t, new ClientError('unavailable'))).toBe(t('error.unavailable'));
});
