/** What a value takes as JSON in UTF-8. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The first items that together take no more than `bytes` as JSON; one at least. */
export function within<T>(items: readonly T[], bytes: number): T[] {
  let sum = 0;
  const end = items.findIndex((item) => (sum += bytesOf(item) + 1) > bytes);
  return items.slice(0, end < 0 ? items.length : Math.max(1, end));
}

/** The last items that together take no more than `bytes` as JSON; one at least. */
export const withinLast = <T>(items: readonly T[], bytes: number): T[] => within([...items].reverse(), bytes).reverse();
