import type { en } from './en.ts';
import { actions } from './en/actions.ts';
import { chat } from './en/chat.ts';
import { failures } from './en/failures.ts';
import { start } from './en/start.ts';
import { englishParts, russianParts, type TextPart } from './parts.ts';

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
export type RussianOf<English> = { readonly [K in keyof English]: English[K] extends string ? string : RussianPlural };

type PlaceholderIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholderIn<Rest> : never;
type Names<K extends Key> = (typeof en)[K] extends string
  ? PlaceholderIn<(typeof en)[K]>
  : PlaceholderIn<(typeof en)[K][keyof (typeof en)[K]]> | 'count';
type Params<K extends Key> = [Names<K>] extends [never] ? [] : [params: Readonly<Record<Names<K>, string | number>>];

type Catalogue = Readonly<Record<string, string | EnglishPlural>>;

const startTexts = { ...actions, ...chat, ...failures, ...start };
/** What the chat itself shows; all else is read with the part of the page that shows it. */
export type StartTexts = typeof startTexts;

interface Texts {
  readonly read: Map<TextPart, Promise<void>>;
  readonly catalogue: Record<string, string | EnglishPlural>;
}

const english: Texts = { read: new Map(), catalogue: { ...startTexts } };
/** English is a part of the page; another language comes when it is asked for. */
const languages: Partial<Record<Locale, Texts>> = { en: english };
/** Parts that were asked for in any language. */
const asked = new Set<TextPart>();

/** Reads the texts of a language, once, with all parts that were asked for; until then, and where that fails, its texts are English. */
export async function loadCatalogue(locale: Locale): Promise<void> {
  if (locale === 'ru') {
    const { ru } = await import('./ru.ts');
    languages.ru ??= { read: new Map(), catalogue: { ...ru } };
  }
  await Promise.all([...asked].map((part) => readPart(locale, part)));
}

/** Reads the texts of a part of the page in the languages that were read. */
export async function loadTexts(...parts: readonly TextPart[]): Promise<void> {
  for (const part of parts) asked.add(part);
  const locales = Object.keys(languages) as Locale[];
  await Promise.all(locales.flatMap((locale) => parts.map((part) => readPart(locale, part))));
}

function readPart(locale: Locale, part: TextPart): Promise<void> {
  const texts = languages[locale] ?? english;
  const reading = texts.read.get(part) ?? addPart(texts, (locale === 'ru' ? russianParts : englishParts)[part]);
  texts.read.set(part, reading);
  // Asked for again after a failure.
  reading.catch(() => texts.read.delete(part));
  return reading;
}

async function addPart({ catalogue }: Texts, read: () => Promise<Catalogue>): Promise<void> {
  Object.assign(catalogue, await read());
}

/** Texts of one language; counts choose their form by `Intl.PluralRules`, and numbers are written the language's way. */
export function translator(locale: Locale): Translate {
  const catalogue: Catalogue = languages[locale]?.catalogue ?? english.catalogue;
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const written = (value: string | number | undefined): string => (typeof value === 'number' ? numbers.format(value) : (value ?? ''));
  return (key, ...given) => {
    const params = (given[0] ?? {}) as Readonly<Record<string, string | number>>;
    const entry = catalogue[key] ?? english.catalogue[key] ?? key;
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
