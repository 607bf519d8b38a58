/** Text and emoji presentation selectors. */
const selectors = /[\ufe0e\ufe0f]/g;
/** Signs that need a selector to be drawn as emoji; not before a skin tone, which is one by itself. */
const needsSelector = /(?![\p{Emoji_Presentation}0-9#*])\p{Emoji}(?!\p{Emoji_Modifier})|[0-9#*](?=\u20e3)/gu;
const plain = /^[ -~]*$/;

/**
 * The one form of an emoji, fully qualified as in Unicode's emoji-test.txt: ❤ and ❤️ are one, with whatever selectors it was typed.
 * Skin tones, sexes and flags are emoji of their own. Names (`thumbsup`) are in NFC.
 */
export function canonicalEmoji(emoji: string): string {
  if (plain.test(emoji) && !emoji.includes('\u20e3')) return emoji;
  return emoji.normalize('NFC').replace(selectors, '').replace(needsSelector, '$&\ufe0f');
}
