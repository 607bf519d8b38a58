import { loadCatalogue, type Locale } from '../shared/i18n/translate.ts';
import { store, type Readable } from '../shared/state/store.ts';
import { localeOf, type Preferences } from './preferences.ts';

export interface ShownLanguage {
  /** The language of the page: the one that is chosen, once its texts are there. */
  readonly language: Readable<Locale>;
  /** The texts of the first one are there, or could not be read. */
  readonly ready: Promise<void>;
}

export function shownLanguage(
  preferences: Readable<Preferences>,
  view: Window,
  load: (locale: Locale) => Promise<void> = loadCatalogue,
): ShownLanguage {
  const language = store<Locale>('en');
  const follow = async (): Promise<void> => {
    const wanted = localeOf(preferences.get(), view);
    try {
      await load(wanted);
      // Another one may have been chosen meanwhile.
      if (wanted === localeOf(preferences.get(), view)) language.set(wanted);
    } catch {
      // The server is away: the page stays in the language that it has.
    }
  };
  preferences.subscribe(() => void follow());
  return { language, ready: follow() };
}
