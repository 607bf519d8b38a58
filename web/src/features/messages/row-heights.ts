/** What a row is taken to measure before it has been drawn, px. */
const guess = 44;

/** How tall the rows of a list are, in their order: as they were when they were drawn last, others by a guess. */
export class RowHeights {
  readonly #index = new Map<string, number>();
  #measured = new Map<string, number>();
  #keys: readonly string[] = [];
  /** Where each row begins, and last of all where the list ends; null while that is to be added up anew. */
  #tops: Float64Array | null = null;

  /** Other rows, or others between them: those that stay keep their heights. */
  order(keys: readonly string[]): void {
    const before = this.#measured;
    this.#keys = keys;
    this.#tops = null;
    this.#index.clear();
    this.#measured = new Map();
    keys.forEach((key, index) => {
      this.#index.set(key, index);
      const px = before.get(key);
      if (px !== undefined) this.#measured.set(key, px);
    });
  }

  set(key: string, px: number): void {
    if (this.#measured.get(key) === px || !this.#index.has(key)) return;
    this.#measured.set(key, px);
    this.#tops = null;
  }

  indexOf(key: string): number | undefined {
    return this.#index.get(key);
  }

  /** Where a row begins, px below the upper end of the list; of the number of rows, where the list ends. */
  top(index: number): number {
    return this.#sums()[index] ?? this.total;
  }

  get total(): number {
    return this.#sums()[this.#keys.length] ?? 0;
  }

  /** The row that stands at a height; the first or the last one beyond the ends. */
  at(px: number): number {
    const tops = this.#sums();
    let [low, high] = [0, Math.max(0, this.#keys.length - 1)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tops[middle + 1] ?? 0) > px) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #sums(): Float64Array {
    if (this.#tops) return this.#tops;
    const tops = new Float64Array(this.#keys.length + 1);
    this.#keys.forEach((key, index) => {
      tops[index + 1] = (tops[index] ?? 0) + (this.#measured.get(key) ?? guess);
    });
    return (this.#tops = tops);
  }
}
