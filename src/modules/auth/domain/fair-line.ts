import { AppError } from '../../../kernel/errors.ts';

export interface LineLimits {
  /** Places in all, and of them for one group. */
  readonly places: number;
  readonly perGroup: number;
}

interface Waiting {
  readonly admit: () => void;
  readonly refuse: (error: AppError) => void;
}

/** A bounded queue in which groups take turns, so that many waiting callers of one group delay only that group. */
export class FairLine {
  readonly #limits: LineLimits;
  /** In the order of their turns. */
  readonly #groups = new Map<string, Waiting[]>();
  #size = 0;

  constructor(limits: LineLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#size;
  }

  /** Resolves when it is this one's turn; rejects with `unavailable` when there is no place, or a smaller group needs it. */
  wait(group: string): Promise<void> {
    const own = this.#groups.get(group)?.length ?? 0;
    if (own >= this.#limits.perGroup || (this.#size >= this.#limits.places && !this.#makeWay(own + 1))) return Promise.reject(tooMany());
    return new Promise((resolve, reject) => {
      const waiting = this.#groups.get(group) ?? [];
      waiting.push({ admit: resolve, refuse: reject });
      this.#groups.set(group, waiting);
      this.#size++;
    });
  }

  /** Whether there was one. */
  admitNext(): boolean {
    const first = this.#groups.entries().next();
    if (first.done) return false;
    const [group, waiting] = first.value;
    const next = waiting.shift();
    // Behind the others.
    this.#groups.delete(group);
    if (waiting.length > 0) this.#groups.set(group, waiting);
    this.#size--;
    next?.admit();
    return true;
  }

  /** Refuses the last caller of the largest group, where the group of the new one stays smaller. */
  #makeWay(sizeOfOther: number): boolean {
    const [group, largest] = [...this.#groups].reduce((a, b) => (b[1].length > a[1].length ? b : a));
    if (largest.length <= sizeOfOther) return false;
    largest.pop()?.refuse(tooMany());
    if (largest.length === 0) this.#groups.delete(group);
    this.#size--;
    return true;
  }
}

const tooMany = (): AppError => new AppError('unavailable', { detail: 'Too many sign-ins at once. Try again.', retryAfter: 2 });
