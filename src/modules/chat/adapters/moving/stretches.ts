import type { Stretch } from './source.ts';

/** Parts of at most this many messages are read and written together. */
export const width = 1000;
const partsAtMost = 100;

/** Cuts a stretch into parts of at most `width`. */
export function cut({ conversationId, after, upTo }: Stretch): Stretch[] {
  const parts: Stretch[] = [];
  for (let from = after; from < upTo; from += width) parts.push({ conversationId, after: from, upTo: Math.min(from + width, upTo) });
  return parts;
}

/** Puts what is small together, in order. */
export function lots<T>(items: readonly T[], sizeOf: (item: T) => number): T[][] {
  const all: T[][] = [];
  let size = Infinity;
  for (const item of items) {
    const lot = all.at(-1);
    if (lot && size + sizeOf(item) <= width && lot.length < partsAtMost) lot.push(item);
    else {
      all.push([item]);
      size = 0;
    }
    size += sizeOf(item);
  }
  return all;
}

export const lengthOf = ({ after, upTo }: Stretch): number => upTo - after;
