import { loadTexts } from '../shared/i18n/translate.ts';
import type { TextPart } from '../shared/i18n/parts.ts';

/** Reads a part of the page together with its texts. */
export async function partWith<T>(texts: readonly TextPart[], read: () => Promise<T>): Promise<T> {
  const [part] = await Promise.all([read(), loadTexts(...texts)]);
  return part;
}
