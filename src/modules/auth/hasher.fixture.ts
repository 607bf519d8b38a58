import type { PasswordHasher } from './ports.ts';

export interface Held {
  /** Resolves once that many passwords are hashed and wait. */
  readonly arrived: Promise<void>;
  release(): void;
}

/** A hasher whose answers a test can hold back, to do something between a hash and what is made of it. For tests only. */
export class HeldHasher implements PasswordHasher {
  readonly #inner: PasswordHasher;
  #arrive: (() => void) | null = null;
  #released: Promise<void> = Promise.resolve();

  constructor(inner: PasswordHasher) {
    this.#inner = inner;
  }

  get waiting(): number {
    return this.#inner.waiting;
  }

  /** Holds every answer from now on; what comes after the release passes. */
  hold(count = 1): Held {
    let left = count;
    const arrived = new Promise<void>((resolve) => {
      this.#arrive = () => {
        if (--left === 0) resolve();
      };
    });
    let letGo = (): void => undefined;
    this.#released = new Promise((resolve) => {
      letGo = resolve;
    });
    const release = (): void => {
      this.#arrive = null;
      this.#released = Promise.resolve();
      letGo();
    };
    return { arrived, release };
  }

  /** What `work` hashes is not held. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    const [arrive, released] = [this.#arrive, this.#released];
    this.#arrive = null;
    this.#released = Promise.resolve();
    try {
      return await work();
    } finally {
      this.#arrive = arrive;
      this.#released = released;
    }
  }

  hash: PasswordHasher['hash'] = async (...args) => this.#held(await this.#inner.hash(...args));

  matches: PasswordHasher['matches'] = async (...args) => this.#held(await this.#inner.matches(...args));

  async #held<T>(answer: T): Promise<T> {
    const released = this.#released;
    this.#arrive?.();
    await released;
    return answer;
  }
}
