/* eslint-disable no-control-regex, no-misleading-character-class -- this page is about exactly those characters */
import { graphemesOf } from '../text/graphemes.ts';

// What a name may hold. The rules follow RFC 8266 (nicknames) and UTS #39 §3 where they are about what people see.

/** Signs that are drawn as nothing although they are letters or symbols: fillers of Hangul, blank Braille, joiners of graphemes. */
const blank = /[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u{16fe4}\u{1d159}]/u;
/** Controls, line and paragraph breaks, and format characters: direction marks, soft hyphens, zero-width spaces. */
const unseen =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u180b-\u180d\u180f])\p{Default_Ignorable_Code_Point}/u;
/** Selectors choose among the forms of a picture, or of a letter of these scripts; behind any other sign they are drawn as nothing. */
const idleSelectors =
  /(?<=^|(?![\p{Extended_Pictographic}\p{Script=Han}\p{Script=Mongolian}\p{Script=Phags_Pa}\p{Script=Myanmar}\p{Script=Manichaean}])[\p{L}\p{M}\p{N}\p{P}\p{Z}])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u180b-\u180d\u180f]+(?!\u20e3)/gu;
const piledMarks = /\p{M}{5,}/u;
/** The longest picture or syllable that people write: a family of four with skin tones has 19 UTF-16 units. */
const longestGrapheme = 24;
/** A letter, a digit, a sign, or what a later Unicode may make one of: marks, selectors and spaces alone show nothing, or a dotted circle. */
const base = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}\p{P}\p{S}\p{Co}\p{Cn}]/u;
/** Around a part of another direction (UAX #9): once they are balanced they change nothing but the order on the screen. */
const isolates = /[\u2066-\u2069]/gu;

/** The same for the API document, as far as the ranges of one pattern can say it; joiners are allowed in their places. */
export const seen =
  /^[^\u0000-\u001f\u007f-\u009f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]*$/;
/** Something that is drawn: neither white space nor a variation selector. */
export const drawn = /[^\t-\r \u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u3000\ufe00-\ufe0f\ufeff]/;

/** Emoji of several signs, and flags of regions: the joiners and tags in them are part of one picture. */
const joinedEmoji =
  /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)+|\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}/gu;
/** Scripts whose spelling needs a joiner or a non-joiner between letters (RFC 5892 A.1, A.2). */
const joining =
  '[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}]';
const joinedLetters = new RegExp(`(?<=${joining})[\\u200c\\u200d](?=${joining})`, 'gu');

/** Why a text cannot be a name; null when it can. Linear in its length. */
export function nameFault(text: string): string | null {
  const bare = withoutIsolates(text).replace(joinedEmoji, '*').replace(joinedLetters, '');
  if (!text.isWellFormed()) return 'must be well-formed Unicode';
  if (unseen.test(bare)) return 'must be one line without control or invisible characters';
  if (blank.test(bare)) return 'must not contain blank characters';
  if (text.trim() !== '' && !base.test(bare)) return 'must show something';
  if (/^\p{M}/u.test(bare.trim())) return 'must not begin with a combining mark';
  const composed = text.normalize('NFC');
  if (piledMarks.test(composed) || hasLongGrapheme(composed)) return 'must not pile up combining marks';
  return null;
}

function hasLongGrapheme(text: string): boolean {
  if (text.length <= longestGrapheme) return false;
  for (const { segment } of graphemesOf(text)) if (segment.length > longestGrapheme) return true;
  return false;
}

/** Without its isolates where each is closed; an isolate left open would reorder what stands after the name. */
function withoutIsolates(text: string): string {
  let open = 0;
  for (const [mark] of text.matchAll(isolates)) {
    open += mark === '\u2069' ? -1 : 1;
    if (open < 0) return text;
  }
  return open === 0 ? text.replace(isolates, '') : text;
}

/** The one form of a name: NFC, without balanced isolates and selectors that select nothing, trimmed, each run of white space one space. */
export const canonicalName = (text: string): string =>
  withoutIsolates(text).replace(idleSelectors, '').normalize('NFC').replace(/\s+/gu, ' ').trim();
