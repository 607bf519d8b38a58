import fc from 'fast-check';
import { canonicalEmoji } from './emoji.ts';

const vs16 = '\ufe0f';
const zwj = '\u200d';

test.each<[string, string, ...string[]]>([
  ['a heart', `❤${vs16}`, '❤', '❤\ufe0e'],
  ['a keycap', `1${vs16}\u20e3`, '1\u20e3'],
  ['a keycap of a sign', `#${vs16}\u20e3`, '#\u20e3'],
  ['a heart on fire', `❤${vs16}${zwj}🔥`, `❤${zwj}🔥`],
  ['a couple', `👩${zwj}❤${vs16}${zwj}👨`, `👩${zwj}❤${zwj}👨`],
  ['a judge with a skin tone', `🧑🏽${zwj}⚖${vs16}`, `🧑🏽${zwj}⚖`],
  ['an eye in a bubble', `👁${vs16}${zwj}🗨${vs16}`, `👁${zwj}🗨`, `👁${vs16}${zwj}🗨`],
  ['a rainbow flag', `🏳${vs16}${zwj}🌈`, `🏳${zwj}🌈`],
  ['a pointing finger with a skin tone', '☝🏽', `☝${vs16}🏽`],
  ['a thumb', '👍', `👍${vs16}`],
  ['a copyright sign', `©${vs16}`, '©'],
  ['a flag of a country', '🇫🇷'],
  ['a name', '+1', `+1${vs16}`],
])('%s has one form', (_what, form, ...others) => {
  for (const typed of [form, ...others]) expect(canonicalEmoji(typed)).toBe(form);
});

test('skin tones, sexes and flags stay apart', () => {
  const distinct = ['👍', '👍🏻', '👍🏿', `🧑${zwj}🚒`, `👩${zwj}🚒`, '🇫🇷', '🇩🇪', '🏴', '❤️', '💛'];
  expect(new Set(distinct.map(canonicalEmoji)).size).toBe(distinct.length);
});

test('the form of a form is itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      const form = canonicalEmoji(text);
      expect(canonicalEmoji(form)).toBe(form);
    }),
  );
});
