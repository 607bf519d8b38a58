const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A text in whole signs, as people see them: an emoji of several code points is one. */
export const graphemesOf = (text: string): Intl.Segments => segmenter.segment(text);

/** No sign that people see is longer; a longer one is cut. */
const longestSign = 64;

/** The beginning of a text of at most so many UTF-16 units, cut between whole signs: no emoji is cut in two. */
export function beginningOf(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max <= 0) return '';
  const from = Math.max(0, max - longestSign);
  const near = text.slice(from, max + longestSign);
  const cut = from + (graphemesOf(near).containing(max - from)?.index ?? 0);
  if (cut > from) return text.slice(0, cut);
  const isInPair = /[\ud800-\udbff]/.test(text[max - 1] ?? '');
  return text.slice(0, isInPair ? max - 1 : max);
}
