import { later } from '../../app/later.tsx';
import { smallParts } from '../../app/late-parts.ts';

export const EmojiPicker = later(async () => (await smallParts()).EmojiSearch);
