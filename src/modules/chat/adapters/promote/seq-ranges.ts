import type { SeqRange } from './source.ts';

/** What changed lies at the end of conversations, mostly: the smaller their parts, the less is read again under a hold. */
export const width = 200;
/** So many messages are read and written together at most. */
const bytesPerBatch = 1000;
const partsAtMost = 100;

/** Cuts a range into parts of at most `width`. */
export function cut({ conversationId, after, upTo }: SeqRange): SeqRange[] {
  const parts: SeqRange[] = [];
  for (let from = after; from < upTo; from += width) parts.push({ conversationId, after: from, upTo: Math.min(from + width, upTo) });
  return parts;
}

/** Puts what is small together, in order. */
export function batchesOf<T>(items: readonly T[], sizeOf: (item: T) => number): T[][] {
  const all: T[][] = [];
  let size = Infinity;
  for (const item of items) {
    const batch = all.at(-1);
    if (batch && size + sizeOf(item) <= bytesPerBatch && batch.length < partsAtMost) batch.push(item);
    else {
      all.push([item]);
      size = 0;
    }
    size += sizeOf(item);
  }
  return all;
}

export const lengthOf = ({ after, upTo }: SeqRange): number => upTo - after;
