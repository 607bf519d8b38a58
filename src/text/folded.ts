/** Text of Latin and Russian letters and common signs, as most is: it needs none of the slow steps. */
const common = /^[\t\n\r -~\u00a0\u00ab\u00bb\u0401\u0410-\u044f\u0451\u2013\u2014\u2018-\u201f]*$/;
export const isCommon = (text: string): boolean => common.test(text);
const rare = /[\u0060\u00a0\u00ab\u00bb\u2013-\u201f]|[\t\n\r]| {2}/;

const spaces = /[\s\u0085]+/g;
const ignorable = /\p{Default_Ignorable_Code_Point}+/gu;
const dashes = /[\p{Dash_Punctuation}\u2212\u2043]/gu;
const singles = /[\u0060\u00b4\u02b9\u02bb-\u02bd\u02c8\u055a\u05f3\u2018-\u201b\u2032\u2035\u2039\u203a\ua78c]/g;
const doubles = /[\u00ab\u00bb\u02ba\u05f4\u201c-\u201f\u2033\u2036\u301d-\u301f]/g;
/** A letter of a script whose marks are accents, with all of its marks. */
const accented = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])(\p{M}+)/gu;
/** Letters of their own, though they are written as another one with a mark: й, ў and ї. */
const ownLetters: Readonly<Record<string, string>> = { и: '\u0306', у: '\u0306', і: '\u0308' };
/** Points of Hebrew and Arabic, which say how a word is spoken, and the stroke that makes a word longer. */
const points = new RegExp(
  String.raw`[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0640]+`,
  'g',
);
/** Letters that are another one with a stroke, or two in one, which no decomposition takes apart. */
const strokes: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  þ: 'th',
  ŋ: 'n',
  ı: 'i',
};
const stroked = new RegExp(`[${Object.keys(strokes).join('')}]`, 'g');

/**
 * The one form in which every finder and every sort order compares text: case, accents, ё, width, dashes, apostrophes, quotes, white space and
 * invisible signs do not matter. The folded form of a folded form is itself. It depends on no locale.
 */
export function folded(text: string): string {
  if (!isCommon(text)) return foldedAnew(text);
  const lower = text.toLowerCase().replaceAll('ё', 'е');
  return rare.test(lower) ? withCommonSigns(lower) : lower;
}

/** Orders two texts by their folded forms; the texts themselves decide between equal ones. */
export const compareFolded = (one: string, other: string): number => compare(folded(one), folded(other)) || compare(one, other);

/** By code points, as a database does under `COLLATE "C"`. */
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function foldedAnew(text: string): string {
  // Before NFKD, which takes an acute that stands alone for a space with an accent. NFC names each sign by its one code point: a Greek oxia is an acute.
  const signs = withCommonSigns(text.normalize('NFC').replace(ignorable, ''));
  const bare = withoutMarks(signs.normalize('NFKD').toLowerCase());
  const cased = withoutMarks(bare.toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKD'));
  const plain = cased.replace(stroked, (letter) => strokes[letter] ?? letter);
  return withCommonSigns(plain.replace(ignorable, '')).normalize('NFC');
}

const withCommonSigns = (text: string): string =>
  text.replace(singles, "'").replace(doubles, '"').replace(dashes, '-').replace(spaces, ' ');

const withoutMarks = (decomposed: string): string =>
  decomposed.replace(points, '').replace(accented, (_, letter: string, marks: string) => {
    const own = ownLetters[letter.toLowerCase()];
    return own !== undefined && marks.includes(own) ? letter + own : letter;
  });
