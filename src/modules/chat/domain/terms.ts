import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as russian } from '@orama/stemmers/russian';

/** A term as the index holds it; with `prefix`, any term that begins so. */
export interface Alternative {
  readonly term: string;
  readonly prefix: boolean;
}

const scripts = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}`;
/** Runs of a script that is not spaced, or words of one that is. */
const words = new RegExp(String.raw`[${scripts}]+|(?:(?![${scripts}])[\p{L}\p{M}\p{N}_])+`, 'gu');
const unspaced = new RegExp(`^[${scripts}]`, 'u');
/** Words joined by hyphens: they stand together, the last in any form. */
const hyphenated = /[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)+/gu;
/** An address, a host, a path or a hashtag: what its words alone would not find. */
const exact = /#[\p{L}\p{N}_]+|[\p{L}\p{N}_+-]+(?:[@.:/]+[\p{L}\p{N}_+-]+)+/gu;
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
 * Terms of a text for the index: `w:` each word as written, `s:` its stem, `b:` letters and their pairs where words are not spaced. One that has
 * more than `most` is cut, and bears `cutTerm`.
 */
export function termsOf(text: string, most = Infinity): string[] {
  const terms = new Set<string>();
  for (const word of wordsOf(text)) {
    for (const term of termsOfWord(word)) {
      if (terms.size < most || terms.has(term)) terms.add(term);
      else return [...[...terms].slice(0, most - 1), cutTerm];
    }
  }
  return [...terms];
}

/** What a text must hold to be found: every word in any form or as a beginning, and what stands in quotes letter by letter. */
export function queryOf(text: string): { groups: Alternative[][]; literals: string[] } {
  const groups = wordsOf(text).flatMap((word): Alternative[][] => {
    if (unspaced.test(word)) return termsOfWord(word).map((term) => [{ term, prefix: false }]);
    return [
      [
        { term: `s:${stemOf(word)}`, prefix: false },
        { term: `w:${word}`, prefix: word.length >= prefixAtLeast },
      ],
    ];
  });
  return { groups: groups.slice(0, groupsAtMost), literals: literalsOf(text) };
}

/** The form in which texts are compared: case, width and ё do not matter. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');

function literalsOf(text: string): string[] {
  const quotes = [...text.matchAll(/["«“]([^"«»“”]{1,200})["»”]/g)].map((match) => match[1] ?? '');
  const outside = text.replaceAll(/["«“][^"«»“”]{1,200}["»”]/g, ' ');
  const exacts = [...outside.matchAll(exact)].map((match) => match[0]);
  const joined = [...outside.replaceAll(exact, ' ').matchAll(hyphenated)].map((match) => withoutEnding(folded(match[0])));
  const runs = [...outside.matchAll(words)].map((match) => match[0]).filter((run) => unspaced.test(run));
  return [...quotes, ...exacts, ...joined, ...runs].slice(0, literalsAtMost).map(folded);
}

/** What all forms of a hyphenated word begin with. */
function withoutEnding(compound: string): string {
  const last = compound.slice(compound.lastIndexOf('-') + 1);
  const stem = stemOf(last);
  let kept = 0;
  while (kept < stem.length && stem[kept] === last[kept]) kept++;
  return compound.slice(0, compound.length - last.length + kept);
}

/** Words as they are compared, in order; of a script without spaces, whole runs. */
export const wordsOf = (text: string): string[] => (folded(text).match(words) ?? []).map(shortened);

/** Whether a word is a run of a script without spaces. */
export const isUnspaced = (word: string): boolean => unspaced.test(word);

/** Nobody looks for the end of a long word; a run without spaces is no word. */
const shortened = (word: string): string =>
  word.length <= letterLimit || unspaced.test(word) ? word : Array.from(word).slice(0, letterLimit).join('');

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
  if (!unspaced.test(word)) return [`w:${word}`, `s:${stemOf(word)}`];
  const letters = Array.from(word);
  return [...letters.map((letter) => `b:${letter}`), ...letters.slice(1).map((letter, index) => `b:${letters[index] ?? ''}${letter}`)];
}
