import { later } from '../../app/later.tsx';
import { partWith } from '../../app/part.ts';

export const EmojiPicker = later(() => partWith(['panels'], async () => (await import('./emoji-search.tsx')).EmojiSearch));
