import { notStorable, visible, withoutNul } from '../patterns.ts';

/** In UTF-16 units. */
export const maxTextLength = 16_000;

/** Why no server takes this as the text of a message; null: it does. The same as the contract's schema, and without it. */
export function textFault(text: string): string | null {
  if (text.length > maxTextLength) return `must have at most ${String(maxTextLength)} characters`;
  if (!withoutNul.test(text) || !text.isWellFormed()) return notStorable;
  return visible.test(text) ? null : 'must not be blank';
}
