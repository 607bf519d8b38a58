/** Bytes on their way, cut into portions of about `size`. When their source fails, the portion that was begun ends there, and the failure is `failure`. */
export class Portions {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #size: number;
  #next: Uint8Array | null = null;
  #isOver = false;
  failure: { readonly error: unknown } | null = null;

  constructor(source: AsyncIterable<Uint8Array>, size: number) {
    this.#source = source[Symbol.asyncIterator]();
    this.#size = size;
  }

  /** Whether there is a further portion. */
  async hasMore(): Promise<boolean> {
    this.#next ??= await this.#read();
    return this.#next !== null;
  }

  /** To be read to its end before the next one. */
  async *portion(): AsyncGenerator<Uint8Array> {
    for (let size = 0; size < this.#size && (await this.hasMore());) {
      const part = this.#next ?? new Uint8Array();
      this.#next = null;
      size += part.byteLength;
      yield part;
    }
  }

  /** Nothing more is read. */
  async end(): Promise<void> {
    await this.#source.return?.();
  }

  async #read(): Promise<Uint8Array | null> {
    if (this.#isOver) return null;
    try {
      for (let next = await this.#source.next(); !next.done; next = await this.#source.next())
        if (next.value.byteLength > 0) return next.value;
    } catch (error) {
      this.failure = { error };
    }
    this.#isOver = true;
    return null;
  }
}
