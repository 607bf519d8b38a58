import { randomInt } from 'node:crypto';

/** So many letters, drawn from the 20,000 common Han characters: no two alike, three bytes each, a search term at every step. */
export const hanText = (letters: number): string =>
  String.fromCharCode(...Array.from({ length: letters }, () => randomInt(0x4e00, 0x9f00)));

/** Words of eight letters. */
export function latinText(letters: number): string {
  let text = '';
  while (text.length < letters) text += `${randomInt(0x7fffffff).toString(36).padStart(7, 'x')} `;
  return text.slice(0, letters).trimEnd().padEnd(letters, 'x');
}

/** The longest text that a message may have. */
export const longest = 16_000;
