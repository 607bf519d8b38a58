import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as russian } from '@orama/stemmers/russian';
import { formerFolded, formerPhrasesIn, formerWordsIn } from './former-reading.ts';
import { isCommon } from '../../../text/folded.ts';
import { isUnspaced, spacedLetter, wordsIn as runsIn } from '../../../text/scripts.ts';
import { isUnmarked, readingOf, shownOf } from './reading.ts';

/** A term as the index holds it; with `prefix`, any term that begins so. */
export interface Alternative {
  readonly term: string;
  readonly prefix: boolean;
}

/** What a text must hold to be found. */
export interface Wanted {
  /** Every group must be met by one of its alternatives. */
  readonly groups: readonly (readonly Alternative[])[];
  /** Stand in what is read of the text, letter by letter. */
  readonly literals: readonly string[];
}

export interface SearchQuery extends Wanted {
  /** What the version before would have asked an index for, where that is something else. */
  readonly former?: Wanted;
}

const letter = String.raw`\p{L}\p{M}\p{N}`;
const beginning = new RegExp(`^${spacedLetter}`, 'u');
const ending = new RegExp(`${spacedLetter}$`, 'u');
/** Words joined to one: they stand together, the last in any form. */
const compound = new RegExp(`[${letter}]+(?:[-'_]+[${letter}]+)+`, 'gu');
/** An address, a host, a path or a hashtag: what its words alone would not find. */
const exact = new RegExp(`#[${letter}_]+|[${letter}_+'-]+(?:[@.:/]+[${letter}_+'-]+)+`, 'gu');
const groupsAtMost = 40;
const literalsAtMost = 10;
const letterLimit = 40;
/** A shorter beginning is that of half the words there are. */
const prefixAtLeast = 2;

/** A message has at most so many terms in an index: whatever its text, writing them takes a bounded time. */
export const termsAtMost = 2_000;
/** The mark of a text that has more terms: an index does not know all that it holds. */
export const cutTerm = 'o:';

/**
 * Terms of a text for the index: `w:` each word as it is compared, `s:` its stem, `b:` letters and their pairs where words are not spaced. One that has
 * more than `most` is cut, and bears `cutTerm`.
 */
export const termsOf = (text: string, most = Infinity): string[] => termsOfBoth(text, (words) => termsOfWords(words, most), most);

/** Of a text as it is read now, and as the version before read it, where these are other words. */
export function termsOfBoth(text: string, termsOf: (words: readonly string[]) => string[], most: number): string[] {
  const words = wordsOf(text);
  const now = termsOf(words);
  const former = formerWordsOf(text, words);
  if (former === null || now.includes(cutTerm)) return now;
  const both = [...new Set([...now, ...termsOf(former)])];
  return both.length <= most ? both : [...both.slice(0, most - 1), cutTerm];
}

function termsOfWords(words: readonly string[], most: number): string[] {
  const terms = new Set<string>();
  for (const word of words) {
    for (const term of termsOfWord(word)) {
      if (terms.size < most || terms.has(term)) terms.add(term);
      else return [...[...terms].slice(0, most - 1), cutTerm];
    }
  }
  return [...terms];
}

/** What a text must hold to be found: every word in any form or as a beginning, and what stands in quotes letter by letter. */
export function queryOf(text: string): SearchQuery {
  const shown = shownOf(text);
  const now = { groups: groupsOf(wordsIn(shown)), literals: literalsOf(shown) };
  const former = formerWordsOf(text, wordsIn(shown));
  return former === null ? now : { ...now, former: { groups: groupsOf(former), literals: formerPhrasesIn(text) } };
}

function groupsOf(words: readonly string[]): Alternative[][] {
  const groups = words.flatMap((word): Alternative[][] => {
    if (isUnspaced(word)) return termsOfWord(word).map((term) => [{ term, prefix: false }]);
    return [
      [
        { term: `s:${stemOf(word)}`, prefix: false },
        { term: `w:${word}`, prefix: word.length >= prefixAtLeast },
      ],
    ];
  });
  return groups.slice(0, groupsAtMost);
}

function literalsOf(shown: string): string[] {
  const quotes = [...shown.matchAll(/"([^"]{1,200})"/g)].map((match) => match[1] ?? '');
  const outside = shown.replaceAll(/"[^"]{1,200}"/g, ' ');
  const exacts = [...outside.matchAll(exact)].map((match) => match[0]);
  const joined = [...outside.replaceAll(exact, ' ').matchAll(compound)].map((match) => withoutEnding(match[0]));
  const runs = runsIn(outside).filter(isUnspaced);
  return [...quotes, ...exacts, ...joined, ...runs].slice(0, literalsAtMost);
}

/** What all forms of a compound word begin with. */
function withoutEnding(whole: string): string {
  const last = /[^-'_]*$/.exec(whole)?.[0] ?? '';
  const stem = stemOf(last);
  let kept = 0;
  while (kept < stem.length && stem[kept] === last[kept]) kept++;
  return whole.slice(0, whole.length - last.length + kept);
}

/** Words of a text as they are compared, in order; of a script without spaces, whole runs. */
export const wordsOf = (text: string): string[] => wordsIn(readingOf(text));

/** The same of what was read of it already. */
export const wordsIn = (reading: string): string[] => runsIn(reading).map(shortened);

/** What the version before took for words of a text. */
export const wordsBefore = (text: string): string[] => formerWordsIn(formerFolded(text)).map(shortened);

/** The same; null where it is what is taken for them now, as in every text of common signs without marks. */
export function formerWordsOf(text: string, now: readonly string[]): string[] | null {
  if (isUnmarked(text) && isCommon(text)) return null;
  const former = wordsBefore(text);
  return former.length === now.length && former.every((word, index) => word === now[index]) ? null : former;
}

/** Whether a text begins, or ends, within a word of a script that puts spaces between words. */
export const isSpacedLetter = (text: string): boolean => beginning.test(text);
export const endsInLetter = (text: string): boolean => ending.test(text);

/** Nobody looks for the end of a long word; a run without spaces is no word. */
const shortened = (word: string): string =>
  word.length <= letterLimit || isUnspaced(word) ? word : Array.from(word).slice(0, letterLimit).join('');

/** Stemming is most of the work of indexing, and most words are common ones. */
const stems = new Map<string, string>();
const stemsKept = 20_000;

export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = /\p{Script=Cyrillic}/u.test(word) ? russian(word) : english(word);
  if (stems.size >= stemsKept) stems.clear();
  stems.set(word, stem);
  return stem;
}

function termsOfWord(word: string): string[] {
  if (!isUnspaced(word)) return [`w:${word}`, `s:${stemOf(word)}`];
  const letters = Array.from(word);
  return [...letters.map((letter) => `b:${letter}`), ...letters.slice(1).map((letter, index) => `b:${letters[index] ?? ''}${letter}`)];
}
