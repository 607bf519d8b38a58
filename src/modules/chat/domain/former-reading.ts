/**
 * How the version before took texts for words: as they are stored, with their marks, folding case, width and ё. An index names its terms too until no
 * such version runs, and what it wrote is found by them until it is read again. The version after this one leaves them out.
 */
const scripts = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}`;
const words = new RegExp(String.raw`[${scripts}]+|(?:(?![${scripts}])[\p{L}\p{M}\p{N}_])+`, 'gu');
const quoted = /["«“]([^"«»“”]{1,200})["»”]/g;

export const formerFolded = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');
export const formerWordsIn = (folded: string): string[] => folded.match(words) ?? [];
export const formerPhrasesIn = (text: string): string[] => [...text.matchAll(quoted)].map((match) => formerFolded(match[1] ?? ''));
