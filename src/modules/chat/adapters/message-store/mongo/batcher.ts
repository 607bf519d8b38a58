/** Collects small writes that nobody waits for and does them together a moment later. */
export class Batcher<T> {
  readonly #afterMs: number;
  readonly #work: (items: readonly T[]) => Promise<void>;
  readonly #underWay = new Set<Promise<void>>();
  #items: T[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** `work` never rejects. */
  constructor(afterMs: number, work: (items: readonly T[]) => Promise<void>) {
    this.#afterMs = afterMs;
    this.#work = work;
  }

  add(item: T): void {
    this.#items.push(item);
    this.#timer ??= setTimeout(() => this.#begin(), this.#afterMs);
  }

  /** Does what waits at once; settles when nothing is left. */
  async stop(): Promise<void> {
    while (this.#items.length > 0 || this.#underWay.size > 0) {
      this.#begin();
      await Promise.all(this.#underWay);
    }
  }

  #begin(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#items.length === 0) return;
    const work = this.#work(this.#items.splice(0));
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }
}
