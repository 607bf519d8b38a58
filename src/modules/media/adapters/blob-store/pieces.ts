/** Bytes in pieces of `size` and, at the end, what is left; one is held at a time. None for no bytes. */
export async function* pieces(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let count = 0;
  for await (const part of bytes) {
    for (let rest = part; rest.byteLength > 0;) {
      const taken = rest.subarray(0, size - count);
      rest = rest.subarray(taken.byteLength);
      held.push(taken);
      count += taken.byteLength;
      if (count < size) continue;
      yield Buffer.concat(held);
      held = [];
      count = 0;
    }
  }
  if (count > 0) yield Buffer.concat(held);
}
