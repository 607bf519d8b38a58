/** What a walk through a file wants next: to let bytes pass, or to get them all and change them in place. */
export type Step = { readonly pass: number } | { readonly take: number };

/** Reads a file from its beginning. It ends where nothing behind matters, or where the file is not what it claims. */
export type Walk = Generator<Step, void, Buffer>;

/** A larger block of metadata is left as it is, bytes. What is held in memory is one block. */
export const largestBlock = 2 ** 20;

const nothing = Buffer.alloc(0);

/** Bytes on their way, of which a walk changes some. Their number stays the same. */
export async function* rewritten(bytes: AsyncIterable<Uint8Array>, walk: Walk): AsyncGenerator<Uint8Array> {
  let step = nextOf(walk, nothing);
  let left = sizeOf(step);
  let held: Uint8Array[] = [];
  for await (const part of bytes) {
    for (let rest = part; rest.byteLength > 0;) {
      const piece = rest.subarray(0, left);
      rest = rest.subarray(piece.byteLength);
      left -= piece.byteLength;
      if ('take' in step) held.push(piece);
      else yield piece;
      if (left > 0) continue;
      // A copy: the sender may still hold its own.
      const block = Buffer.concat(held);
      held = [];
      step = nextOf(walk, block);
      left = sizeOf(step);
      if (block.byteLength > 0) yield block;
    }
  }
  yield* held;
}

/** The next step that is about bytes at all. */
function nextOf(walk: Walk, block: Buffer): Step {
  let given = block;
  for (;;) {
    const { done, value } = walk.next(given);
    if (done === true) return { pass: Infinity };
    if (sizeOf(value) > 0) return value;
    given = nothing;
  }
}

const sizeOf = (step: Step): number => ('take' in step ? step.take : step.pass);
