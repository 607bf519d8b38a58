import { addReaction } from './reactions.ts';

const messageId = '01890000-0000-7000-8000-000000000000';
const read = (emoji: string): string | null => {
  const parsed = addReaction.input.safeParse({ messageId, emoji });
  return parsed.success ? parsed.data.emoji : null;
};

test.each([
  ['👍🏽'],
  ['1\ufe0f\u20e3'],
  ['🇷🇺'],
  ['🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
  ['👨🏻\u200d❤\ufe0f\u200d💋\u200d👨🏼'],
  ['🧑🏻\u200d🤝\u200d🧑🏿'],
  ['👁\ufe0f\u200d🗨\ufe0f'],
  ['⛹🏽\u200d♀\ufe0f'],
  ['🏳\ufe0f\u200d⚧\ufe0f'],
  ['thumbs_up'],
  ['+1'],
  ['ура'],
])('%j is a reaction', (emoji) => {
  expect(read(emoji)).toBe(emoji);
});

test.each([
  ['a joiner alone', '\u200d'],
  ['joiners and selectors', '\u200d\ufe0f\u200d'],
  ['a picture with a joiner behind it', '👍\u200d'],
  ['a zero-width space', '\u200b'],
  ['a Hangul filler', '\u3164'],
  ['blank Braille', '\u2800'],
  ['tags without a flag', '\u{e0061}\u{e007f}'],
  ['a combining mark alone', '\u0301'],
  ['piled marks', `a${'\u0301'.repeat(20)}`],
  ['an override of the direction', 'a\u202egnp'],
])('%s is none', (_what, emoji) => {
  expect(read(emoji)).toBeNull();
});
