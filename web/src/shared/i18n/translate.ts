import { en } from './en.ts';

export type Key = keyof typeof en;
export type Locale = 'en' | 'ru';
/** Keys whose text has no placeholder: the ones that labels of actions may use. */
export type PlainKey = { [K in Key]: [Names<Key & K>] extends [never] ? K : never }[Key];
export type Translate = <K extends Key>(key: K, ...params: Params<K>) => string;

export interface EnglishPlural {
  readonly one: string;
  readonly other: string;
}
export interface RussianPlural extends EnglishPlural {
  readonly few: string;
  readonly many: string;
}
/** What a catalogue beside the English one must hold: the same keys, and all Russian forms where English counts. */
export type RussianCatalogue = { readonly [K in Key]: (typeof en)[K] extends string ? string : RussianPlural };

type PlaceholderIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholderIn<Rest> : never;
type Names<K extends Key> = (typeof en)[K] extends string
  ? PlaceholderIn<(typeof en)[K]>
  : PlaceholderIn<(typeof en)[K][keyof (typeof en)[K]]> | 'count';
type Params<K extends Key> = [Names<K>] extends [never] ? [] : [params: Readonly<Record<Names<K>, string | number>>];

type Catalogue = Readonly<Record<string, string | EnglishPlural>>;

/** English is a part of the page; another language comes when it is asked for. */
const catalogues: Partial<Record<Locale, Catalogue>> = { en };

/** Reads the texts of a language once; until then, and where that fails, its texts are English. */
export async function loadCatalogue(locale: Locale): Promise<void> {
  if (locale === 'ru') catalogues.ru = (await import('./ru.ts')).ru;
}

/** Texts of one language; counts choose their form by `Intl.PluralRules`, and numbers are written the language's way. */
export function translator(locale: Locale): Translate {
  const catalogue: Catalogue = catalogues[locale] ?? en;
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const written = (value: string | number | undefined): string => (typeof value === 'number' ? numbers.format(value) : (value ?? ''));
  return (key, ...given) => {
    const params = (given[0] ?? {}) as Readonly<Record<string, string | number>>;
    const entry = catalogue[key] ?? key;
    const text = typeof entry === 'string' ? entry : formFor(entry, rules.select(Number(params['count'] ?? 0)));
    return text.replace(/\{(\w+)\}/g, (_, name: string) => written(params[name]));
  };
}

const formFor = (forms: EnglishPlural, form: Intl.LDMLPluralRule): string =>
  (forms as unknown as Partial<Record<Intl.LDMLPluralRule, string>>)[form] ?? forms.other;

/** The language to show when the choice is left to the system. */
export function systemLocale(languages: readonly string[]): Locale {
  const first = languages.find((language) => /^(?:en|ru)\b/i.test(language));
  return first?.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}
