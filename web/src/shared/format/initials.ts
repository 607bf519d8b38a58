/** Up to two letters of a name, for its avatar. */
export function initialsOf(name: string): string {
  const words = name
    .normalize('NFC')
    .split(/[\s._-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (!first) return '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return (letterOf(first) + (last ? letterOf(last) : '')).toLocaleUpperCase();
}

const letterOf = (word: string): string => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '';

/** An OKLCH hue in degrees that is always the same for the same id (FNV-1a, 32 bit). */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193) >>> 0;
  return hues[hash % hues.length] ?? 0;
}

/** Spread so that colours with adjacent hues look different. */
const hues = [20, 45, 70, 100, 130, 155, 180, 210, 240, 265, 295, 325, 350] as const;
