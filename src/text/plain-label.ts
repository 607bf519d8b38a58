/**
 * Which labels of a domain are shown in Unicode: those that cannot be taken for other ones. The rules are "highly restrictive" of UTS #39 §5.2, and
 * those that browsers add for scripts whose letters look like Latin ones.
 */

const alone =
  'Arabic Armenian Bengali Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Hebrew Kannada Khmer Lao Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan'.split(
    ' ',
  );
/** With ASCII letters beside them, and the marks of vowels and repeats that Japanese uses. */
const together = [
  ['Han', 'Hiragana', 'Katakana'],
  ['Han', 'Bopomofo'],
  ['Han', 'Hangul'],
].map((scripts) => `${scripts.map((script) => `\\p{Script=${script}}`).join('')}a-z\u30fc`);
/** Signs that stand for letters, as an apostrophe may, apart from those that repeat or lengthen a letter of Japanese. */
const noSign = String.raw`(?!(?![\u3005\u3031-\u3035\u309d\u309e\u30fc-\u30fe])\p{Lm})`;
const scripts = [...alone.map((script) => `\\p{Script=${script}}`), ...together].map(
  (letters) => new RegExp(`^(?:${noSign}[${letters}]\\p{M}{0,2}|[-0-9])+$`, 'u'),
);
/** Latin as alphabets of today have it, without letters that differ from another one by less than an accent. */
const latin = /^(?:(?![\u0131\u0138])[a-z\u00df-\u00f6\u00f8-\u017e\u0219\u021b\u01a1\u01b0\u1e00-\u1ef9]|[-0-9])+$/u;

/** Letters that look like one of ASCII: a label of nothing else passes for a Latin one, unless all around it is of its script. */
const lookAlikes = [
  { script: /\p{Script=Cyrillic}/u, letters: /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡ0-9-]+$/u },
  { script: /\p{Script=Greek}/u, letters: /^[αβεικνορτυωχγη0-9-]+$/u },
] as const;

/** Whether `label` in Unicode cannot be taken for another label of ASCII; `top` is the last label of its domain, in Unicode. */
export function isPlainLabel(label: string, top: string): boolean {
  if (latin.test(label)) return true;
  if (!scripts.some((script) => script.test(label))) return false;
  return lookAlikes.every(({ script, letters }) => !letters.test(label) || script.test(top));
}
