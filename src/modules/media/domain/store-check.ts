import type { ExpectedBlob, StoredBlob } from '../ports.ts';

interface Sides {
  /** What the store lists and what the database knows of, both in the order of their keys from one place on. */
  readonly stored: readonly StoredBlob[];
  readonly expected: readonly ExpectedBlob[];
  /** A side that has fewer is at its end. */
  readonly limit: number;
}

interface Compared {
  readonly sound: readonly ExpectedBlob[];
  readonly missing: readonly ExpectedBlob[];
  readonly otherSize: readonly ExpectedBlob[];
  readonly orphans: readonly StoredBlob[];
  /** How far both sides were seen; null: to their ends. */
  readonly next: string | null;
}

/** Compares both sides as far as both are known. */
export function compared({ stored, expected, limit }: Sides): Compared {
  const ends = [stored, expected].flatMap((side) => (side.length < limit ? [] : (side.at(-1)?.key ?? []))).toSorted();
  const next = ends[0] ?? null;
  const isSeen = ({ key }: { readonly key: string }): boolean => next === null || key <= next;
  const sizes = new Map(stored.filter(isSeen).map(({ key, size }) => [key, size]));
  const known = expected.filter(isSeen);
  const keys = new Set(known.map(({ key }) => key));
  return {
    sound: known.filter(({ key, size }) => sizes.get(key) === size),
    missing: known.filter(({ key }) => !sizes.has(key)),
    otherSize: known.filter(({ key, size }) => sizes.has(key) && sizes.get(key) !== size),
    orphans: stored.filter((blob) => isSeen(blob) && !keys.has(blob.key)),
    next,
  };
}
