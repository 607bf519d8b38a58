import { en } from './en.ts';
import { russianParts, textParts } from './parts.ts';
import { ru as start } from './ru.ts';
import { loadCatalogue, loadTexts, systemLocale, translator } from './translate.ts';

const parts = await Promise.all(textParts.map((part) => russianParts[part]()));
const ru = Object.assign({}, start, ...parts) as object;

type Entry = string | Readonly<Record<string, string>>;
const english = Object.entries<Entry>(en);
const russian = ru as Readonly<Record<string, Entry>>;
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
const formsOf = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));

test('both languages hold the same keys', () => {
  expect(Object.keys(ru).sort()).toEqual(Object.keys(en).sort());
});

test('every form of a text holds the same placeholders in both languages', () => {
  const differing = english.filter(([key, entry]) => {
    const wanted = placeholders(formsOf(entry)[0] ?? '').join();
    // A form for one thing may leave the figure out.
    const strip = (text: string) => placeholders(text).join();
    return formsOf(russian[key] ?? '').some((form) => strip(form) !== wanted && strip(form) !== strip(formsOf(entry)[1] ?? ''));
  });
  expect(differing.map(([key]) => key)).toEqual([]);
});

test('counted texts have every form of their language', () => {
  for (const [key, entry] of english) {
    if (typeof entry === 'string') expect(typeof russian[key]).toBe('string');
    else expect(Object.keys(russian[key] ?? {}).sort()).toEqual(['few', 'many', 'one', 'other']);
  }
});

test('no text is empty or left in the other language', () => {
  const sameInBoth = new Set(['language.en', 'language.ru', 'message.announced', 'message.label', 'reactions.by']);
  for (const [key, entry] of english) {
    for (const form of [...formsOf(entry), ...formsOf(russian[key] ?? '')]) expect(form.trim()).not.toBe('');
    if (!sameInBoth.has(key)) for (const form of formsOf(russian[key] ?? '')) expect(`${key}: ${form}`).toMatch(/: .*\p{Script=Cyrillic}/u);
  }
});

test('the texts of a part are there once it was asked for, before its language came or after', async () => {
  const text = (locale: 'en' | 'ru', key: 'signIn.forgot') => translator(locale)(key);
  await loadTexts('entrance');
  expect(text('en', 'signIn.forgot')).toBe(en['signIn.forgot']);
  await loadCatalogue('ru');
  expect(text('ru', 'signIn.forgot')).toBe(russian['signIn.forgot']);
  const t = translator('ru');
  await loadTexts('admin');
  expect(t('audit.nobody')).toBe(russian['audit.nobody']);
});

test('a count chooses its form by the rules of the language', () => {
  const count = (locale: 'en' | 'ru', figure: number) => translator(locale)('members.count', { count: figure });
  expect([1, 2, 5, 21].map((figure) => count('ru', figure))).toEqual(['1 участник', '2 участника', '5 участников', '21 участник']);
  expect([1, 2].map((figure) => count('en', figure))).toEqual(['1 member', '2 members']);
});

test('the language of the system is taken when it is one of ours', () => {
  expect(systemLocale(['de-DE', 'ru-RU', 'en'])).toBe('ru');
  expect(systemLocale(['fr'])).toBe('en');
});
