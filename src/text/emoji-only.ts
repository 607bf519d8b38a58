import { graphemesOf } from './graphemes.ts';

/** A message of one to three emoji and nothing else is shown large. */
export function isEmojiOnly(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 40) return false;
  const clusters = [...graphemesOf(trimmed)].map((part) => part.segment).filter((part) => part.trim() !== '');
  return clusters.length <= 3 && clusters.every((cluster) => pictograph.test(cluster));
}

// Digits, # and * carry the Emoji property too; only pictographs and flags count here.
const pictograph = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2})/u;
