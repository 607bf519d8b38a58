import { store, type Writable } from '../shared/state/store.ts';
import { systemLocale, type Locale } from '../shared/i18n/translate.ts';
import type { UserSettings } from '../shared/model.ts';

export type Theme = UserSettings['appearance.theme'];
export type Language = UserSettings['appearance.language'];

/** How the page looks. */
export interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
}

/** What this device last showed, and to whom. */
export interface KeptPreferences extends Preferences {
  /** Null: nobody signed in here yet. */
  readonly userId: string | null;
}

/** Kept in the browser's storage and followed by every open tab; applied to the page at once. */
export function devicePreferences(view: Window): Writable<KeptPreferences> {
  const preferences = store(read(view));
  const apply = () => applyTo(view.document, preferences.get());
  apply();
  view.addEventListener('storage', (event) => {
    if (event.key === storageKey) preferences.set(read(view));
  });
  preferences.subscribe(() => {
    apply();
    write(view, preferences.get());
  });
  return preferences;
}

export const localeOf = ({ language }: Preferences, view: Window): Locale =>
  language === 'system' ? systemLocale(view.navigator.languages) : language;

const storageKey = 'confab.preferences';
const themes: readonly Theme[] = ['system', 'light', 'dark'];
const languages: readonly Language[] = ['system', 'en', 'ru'];

function read(view: Window): KeptPreferences {
  const stored = parsed(view);
  return {
    theme: themes.find((theme) => theme === stored.theme) ?? 'system',
    language: languages.find((language) => language === stored.language) ?? 'system',
    userId: typeof stored.userId === 'string' ? stored.userId : null,
  };
}

function parsed(view: Window): { theme?: unknown; language?: unknown; userId?: unknown } {
  try {
    return (JSON.parse(view.localStorage.getItem(storageKey) ?? '{}') ?? {}) as { theme?: unknown; language?: unknown; userId?: unknown };
  } catch {
    // Storage may be refused or hold what another version wrote: the defaults serve.
    return {};
  }
}

function write(view: Window, preferences: KeptPreferences): void {
  try {
    view.localStorage.setItem(storageKey, JSON.stringify(preferences));
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
}

function applyTo(document: Document, { theme, language }: Preferences): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  document.documentElement.lang = language === 'system' ? systemLocale(document.defaultView?.navigator.languages ?? []) : language;
}
