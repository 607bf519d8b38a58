import type { Locale } from '../shared/i18n/translate.ts';
import { store } from '../shared/state/store.ts';
import { shownLanguage } from './language.ts';
import type { Preferences } from './preferences.ts';

const view = { navigator: { languages: ['ru-RU'] } } as unknown as Window;
const choice = (language: Preferences['language']): Preferences => ({ theme: 'system', language });

/** Catalogues that come when they are let. */
function catalogues() {
  const waiting = new Map<Locale, { come: () => void; fail: () => void }>();
  const load = (locale: Locale) =>
    new Promise<void>((resolve, reject) => {
      waiting.set(locale, { come: resolve, fail: () => reject(new Error('no answer')) });
    });
  return { waiting, load };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('the page is in the language of the system once its texts are there', async () => {
  const { waiting, load } = catalogues();
  const { language, ready } = shownLanguage(store(choice('system')), view, load);
  expect(language.get()).toBe('en');
  waiting.get('ru')?.come();
  await ready;
  expect(language.get()).toBe('ru');
});

test('a language whose texts cannot be read leaves the page as it is', async () => {
  const { waiting, load } = catalogues();
  const { language, ready } = shownLanguage(store(choice('system')), view, load);
  waiting.get('ru')?.fail();
  await ready;
  expect(language.get()).toBe('en');
});

test('of two choices in a row the last one is shown, however late the texts of the first come', async () => {
  const { waiting, load } = catalogues();
  const preferences = store(choice('ru'));
  const { language } = shownLanguage(preferences, view, load);
  preferences.set(choice('en'));
  waiting.get('en')?.come();
  waiting.get('ru')?.come();
  await turn();
  expect(language.get()).toBe('en');
});
