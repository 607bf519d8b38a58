import { createHash } from 'node:crypto';
import type { Sum } from '../../../../promote/compare.ts';

/** A document as a text that does not depend on the order of its fields. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );

export const hashOf = (document: unknown): bigint => createHash('md5').update(canonical(document)).digest().readBigInt64BE(0);

/** Of documents in any order. */
export const sumOf = (documents: readonly unknown[]): Sum => ({
  rows: documents.length,
  sum: documents.reduce((all: bigint, one) => all + hashOf(one), 0n),
});
