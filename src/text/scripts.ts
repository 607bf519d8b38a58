/** Scripts that put no spaces between words, for a character class. */
export const unspacedScripts = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}`;
/** A letter or sign of a word of a script that does, for a pattern. */
export const spacedLetter = String.raw`(?![${unspacedScripts}])[\p{L}\p{M}\p{N}]`;
const unspaced = new RegExp(`^[${unspacedScripts}]`, 'u');

/** Runs of a script that is not spaced, or words of one that is. */
export const wordsIn = (text: string): string[] => text.match(words) ?? [];
const words = new RegExp(`[${unspacedScripts}]+|(?:${spacedLetter})+`, 'gu');

/** Whether a text begins with a script without spaces: the first letter of Thai is the first of them all. */
export const isUnspaced = (text: string): boolean => text.charCodeAt(0) >= 0x0e00 && unspaced.test(text);
