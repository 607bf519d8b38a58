/** Whether one of these words stands in a text as a whole word, in any case. Linear in the length of the text. */
export function hasKeyword(text: string, keywords: readonly string[]): boolean {
  const all = text.toLowerCase();
  return keywords.some((keyword) => standsIn(all, keyword.toLowerCase()));
}

const beginsWord = /^[\p{L}\p{M}\p{N}_]/u;
const endsWord = /[\p{L}\p{M}\p{N}_]$/u;

function standsIn(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const end = at + word.length;
    // Two UTF-16 units hold every letter.
    const goesBefore = beginsWord.test(word) && endsWord.test(text.slice(Math.max(0, at - 2), at));
    const goesOn = endsWord.test(word) && beginsWord.test(text.slice(end, end + 2));
    if (!goesBefore && !goesOn) return true;
  }
  return false;
}
