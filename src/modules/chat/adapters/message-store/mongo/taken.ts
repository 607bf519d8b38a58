/** The first of them, until those before come to so many bytes; one at least. `isCut`: there are more. */
export async function taken<T>(
  found: AsyncIterable<T>,
  bytes: number,
  sizeOf: (one: T) => number,
): Promise<{ items: T[]; isCut: boolean }> {
  const items: T[] = [];
  let sum = 0;
  for await (const one of found) {
    if (sum >= bytes) return { items, isCut: true };
    items.push(one);
    sum += sizeOf(one);
  }
  return { items, isCut: false };
}
