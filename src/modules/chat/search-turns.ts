import { AppError } from '../../kernel/errors.ts';

interface Waiting {
  readonly begin: () => void;
  readonly refuse: (error: AppError) => void;
}

interface Bounds {
  /** Searches at once on this node. */
  readonly lanes: number;
  /** People who wait for one at most. */
  readonly waiting: number;
  readonly waitMs: number;
}

const usual: Bounds = { lanes: 2, waiting: 100, waitMs: 3_000 };

/**
 * Limits searches to one at a time per person and a few per node: the next one of a person waits, and a newer one replaces the one that waits.
 * Others are served in between, in the order in which they came.
 */
export class SearchTurns {
  readonly #bounds: Bounds;
  readonly #searching = new Set<string>();
  /** In order of arrival. */
  readonly #waiting = new Map<string, Waiting>();

  constructor(bounds: Bounds = usual) {
    this.#bounds = bounds;
  }

  async take<T>(userId: string, search: () => Promise<T>): Promise<T> {
    if (!this.#mayBegin(userId)) await this.#wait(userId);
    this.#searching.add(userId);
    try {
      return await search();
    } finally {
      this.#searching.delete(userId);
      this.#beginNext();
    }
  }

  #mayBegin(userId: string): boolean {
    return !this.#searching.has(userId) && this.#searching.size < this.#bounds.lanes;
  }

  async #wait(userId: string): Promise<void> {
    const before = this.#waiting.get(userId);
    if (!before && this.#waiting.size >= this.#bounds.waiting) throw refusal('Too many people are searching; try again in a moment.');
    this.#waiting.delete(userId);
    before?.refuse(refusal('A newer search of yours took the place of this one.'));
    let timer: NodeJS.Timeout | undefined;
    let mine: Waiting | undefined;
    try {
      await new Promise<void>((begin, refuse) => {
        mine = { begin, refuse };
        this.#waiting.set(userId, mine);
        timer = setTimeout(refuse, this.#bounds.waitMs, refusal('Many people are searching; try again in a moment.'));
      });
    } finally {
      clearTimeout(timer);
      if (this.#waiting.get(userId) === mine) this.#waiting.delete(userId);
    }
  }

  /** Starts in the same turn of the event loop, so that no other search takes the free place in between. */
  #beginNext(): void {
    for (const [userId, { begin }] of this.#waiting) {
      if (!this.#mayBegin(userId)) continue;
      this.#waiting.delete(userId);
      this.#searching.add(userId);
      begin();
    }
  }
}

const refusal = (detail: string): AppError => new AppError('rate_limited', { detail, retryAfter: 1 });
