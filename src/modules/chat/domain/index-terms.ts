import { isUnspaced } from '../../../text/scripts.ts';
import { type Alternative, cutTerm, formerWordsOf, stemOf, termsAtMost, termsOfBoth, wordsBefore, wordsIn, wordsOf } from './terms.ts';

/**
 * Terms of the index in PostgreSQL. `s:` the stem of a word, `x:` its first two and three letters, `p:` a word and how the next one begins, `b:` a
 * letter of a script without spaces and `q:` two of them. Pairs are many and each is rare, so they share numbered places. `c:` conversation, `u:`
 * sender, `h:` what a message has. The terms name candidates, a few too many: each is held against the query itself (`matching.ts`).
 */
const wordPairs = 1_024;
const letterPairs = 1_024;
/** Of the next word in a pair: a phrase may end within a word. */
const nextLetters = 3;
const shortPrefixes: readonly number[] = [2, 3];
/** Letters that a stemmer takes away. */
const endingAtMost = 3;

/** What a message is indexed by. One of too many terms is cut and bears `cutTerm`. */
export const indexTermsOf = (text: string): string[] => termsOfBoth(text, termsOfWords, termsAtMost);

/** As the version before indexed a text. */
export const formerIndexTermsOf = (text: string): string[] => termsOfWords(wordsBefore(text));

/** What a text that the version before has indexed lacks in the index. */
export function lackedTermsOf(text: string): string[] {
  const words = wordsOf(text);
  if (formerWordsOf(text, words) === null) return [];
  const known = new Set(formerIndexTermsOf(text));
  return termsOfWords(words).filter((term) => !known.has(term));
}

function termsOfWords(words: readonly string[]): string[] {
  const terms = new Set<string>();
  for (const word of words) {
    for (const term of isUnspaced(word) ? termsOfRun(word) : termsOfWord(word)) terms.add(term);
    if (terms.size > termsAtMost) break;
  }
  if (terms.size <= termsAtMost) for (const pair of pairsOf(words)) terms.add(pair);
  return terms.size <= termsAtMost ? [...terms] : [...[...terms].slice(0, termsAtMost - 1), cutTerm];
}

/** One condition on a message: any of these terms, or any term that begins so. */
export interface Condition {
  readonly terms: readonly string[];
  readonly prefix: string | null;
}

/** What the index is asked for: a message must meet every condition. */
export function conditionsOf(groups: readonly (readonly Alternative[])[], literals: readonly string[]): Condition[] {
  const exact = literals.flatMap((literal) => pairsOf(wordsIn(literal), true));
  return [...groups.map(conditionOf), ...[...new Set(exact)].map((term) => ({ terms: [term], prefix: null }))];
}

export const conversationTerm = (id: string): string => `c:${packed(id)}`;
export const senderTerm = (id: string): string => `u:${packed(id)}`;
const packed = (id: string): string => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');

function conditionOf(group: readonly Alternative[]): Condition {
  const conditions = group.map(({ term, prefix }): Condition => {
    const [kind, text] = [term.slice(0, 2), Array.from(term.slice(2))];
    if (kind === 'b:' && text.length === 2) return { terms: [letterPair(term.slice(2))], prefix: null };
    if (kind !== 'w:') return { terms: [term], prefix: null };
    if (!prefix) return { terms: [`s:${stemOf(term.slice(2))}`], prefix: null };
    return shortPrefixes.includes(text.length) ? { terms: [`x:${text.join('')}`], prefix: null } : beginning(text);
  });
  return { terms: conditions.flatMap(({ terms }) => terms), prefix: conditions.find(({ prefix }) => prefix !== null)?.prefix ?? null };
}

/** Words that begin so have a stem that begins so, or is itself a beginning of it. */
function beginning(letters: readonly string[]): Condition {
  const shortest = Math.max(letters.length - endingAtMost, 3);
  const stems = Array.from(
    { length: Math.max(letters.length - shortest, 0) },
    (_, index) => `s:${letters.slice(0, shortest + index).join('')}`,
  );
  return { terms: stems, prefix: `s:${letters.join('')}` };
}

function termsOfWord(word: string): string[] {
  const terms = [`s:${stemOf(word)}`];
  for (const length of shortPrefixes) {
    const begins = beginningOf(word, length);
    if (begins !== null) terms.push(`x:${begins}`);
  }
  return terms;
}

/** The first letters of a word; null where it has fewer. */
function beginningOf(word: string, length: number): string | null {
  if (!surrogate.test(word)) return word.length < length ? null : word.slice(0, length);
  const letters = Array.from(word);
  return letters.length < length ? null : letters.slice(0, length).join('');
}
const surrogate = /[\ud800-\udfff]/;

function termsOfRun(run: string): string[] {
  const letters = Array.from(run);
  return [
    ...letters.map((letter) => `b:${letter}`),
    ...letters.slice(1).map((letter, index) => letterPair(`${letters[index] ?? ''}${letter}`)),
  ];
}

/** Of a phrase, the last word may be the beginning of one: then too short a one says nothing. */
function pairsOf(words: readonly string[], isPhrase = false): string[] {
  const pairs: string[] = [];
  for (let index = 1; index < words.length; index++) {
    const [word, next] = [words[index - 1] ?? '', words[index] ?? ''];
    if (isUnspaced(word) || isUnspaced(next)) continue;
    const begins = beginningOf(next, nextLetters);
    if (begins === null && isPhrase && index === words.length - 1) continue;
    pairs.push(pairTerms[hashOf(begins ?? next, hashOf(' ', hashOf(word))) % wordPairs] ?? '');
  }
  return pairs;
}

const pairTerms = Array.from({ length: wordPairs }, (_, place) => `p:${place.toString(36)}`);

const letterPair = (pair: string): string => `q:${(hashOf(pair) % letterPairs).toString(36)}`;

/** FNV-1a, of a text behind one whose hash is known. */
function hashOf(text: string, before = 0x811c9dc5): number {
  let hash = before;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
