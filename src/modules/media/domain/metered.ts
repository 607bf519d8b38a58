import { createHash, type Hash } from 'node:crypto';
import { AppError } from '../../../kernel/errors.ts';

/** Counts and digests bytes on their way, and refuses more than `limit` of them. */
export class Metered {
  readonly #bytes: AsyncIterable<Uint8Array>;
  readonly #limit: number;
  readonly #hash: Hash = createHash('sha256');
  #size = 0;

  constructor(bytes: AsyncIterable<Uint8Array>, limit: number) {
    this.#bytes = bytes;
    this.#limit = limit;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const part of this.#bytes) {
      this.#size += part.byteLength;
      if (this.#size > this.#limit) throw tooLarge(this.#limit);
      this.#hash.update(part);
      yield part;
    }
  }

  get size(): number {
    return this.#size;
  }

  /** In hexadecimal; to be asked once, at the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}

export const tooLarge = (limit: number): AppError =>
  new AppError('payload_too_large', { detail: `A file may have ${String(limit)} bytes here.` });

/** The first bytes, `most` at least where there are so many, and all of them again. */
export async function peeked(
  bytes: AsyncIterable<Uint8Array>,
  most: number,
): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const parts = bytes[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let isOver = false;
  for (let size = 0; size < most && !isOver;) {
    const next = await parts.next();
    isOver = next.done === true;
    if (next.done !== true) size += seen[seen.push(next.value) - 1]?.byteLength ?? 0;
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* seen;
    for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
  }
  return { head: Buffer.concat(seen), whole: whole() };
}
