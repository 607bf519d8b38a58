import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as russian } from '@orama/stemmers/russian';

const words = /[\p{L}\p{N}_]+/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const wordsAtMost = 2_000;
const letterLimit = 40;

/** Terms of a text for the index: `w:` each word as written, `s:` its stem, `b:` pairs of letters where words are not spaced. */
export function termsOf(text: string): string[] {
  const terms = new Set<string>();
  for (const word of wordsOf(text)) for (const term of termsOfWord(word)) terms.add(term);
  return [...terms];
}

/** A tsquery: every word must stand in the text, in any form or as a beginning; null when there is no word. */
export function queryOf(text: string): string | null {
  const parts = wordsOf(text)
    .slice(0, 20)
    .map((word) => {
      if (unspaced.test(word)) return termsOfWord(word).map(quoted).join(' & ');
      return `(${quoted(`s:${stemOf(word)}`)} | ${quoted(`w:${word}`)}:*)`;
    });
  return parts.length > 0 ? parts.join(' & ') : null;
}

/** The phrases in quotes, as they must stand in the text. */
export const phrasesOf = (text: string): string[] => [...text.matchAll(/"([^"]{1,200})"/g)].map((match) => match[1] ?? '');

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');
const wordsOf = (text: string): string[] =>
  (folded(text).match(words) ?? []).slice(0, wordsAtMost).map((word) => word.slice(0, letterLimit));
const stemOf = (word: string): string => (/\p{Script=Cyrillic}/u.test(word) ? russian(word) : english(word));
const quoted = (term: string): string => `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

function termsOfWord(word: string): string[] {
  if (!unspaced.test(word)) return [`w:${word}`, `s:${stemOf(word)}`];
  const letters = [...word];
  if (letters.length === 1) return [`b:${word}`];
  return [...letters.map((letter) => `b:${letter}`), ...letters.slice(1).map((letter, index) => `b:${letters[index] ?? ''}${letter}`)];
}
