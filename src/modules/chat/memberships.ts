import { boundedCache } from '../../kernel/bounded-cache.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Membership, MemberStore } from './ports.ts';

const keptAtMost = 5_000;

interface Reading {
  readonly promise: Promise<Membership | null>;
  /** What it read, once it has. */
  membership: Membership | null;
}

/** Caches memberships, so that a send reads nothing from the store; the write itself checks that they still hold. */
export class Memberships {
  readonly #members: Pick<MemberStore, 'membership'>;
  readonly #known = boundedCache<Reading>(keptAtMost);

  constructor(members: Pick<MemberStore, 'membership'>) {
    this.#members = members;
  }

  forget(conversationId: string): void {
    this.#known.delete(conversationId);
  }

  forgetAll(): void {
    this.#known.clear();
  }

  /** Reads again a membership that a write found outdated, unless another call has done so already. */
  async renew(conversationId: string, outdated: Membership): Promise<void> {
    const known = this.#known.get(conversationId);
    if (known && (await known.promise) === outdated && this.#known.get(conversationId) === known) this.forget(conversationId);
  }

  /** What `require` would answer, where it is cached. */
  known(conversationId: string, userId: string): Membership | null {
    const membership = this.#known.get(conversationId)?.membership;
    return membership?.roles.has(userId) ? membership : null;
  }

  /** The membership under which this person may act; the answer is the same for an unknown conversation and for one of others. */
  async require(conversationId: string, userId: string): Promise<Membership> {
    const known = await this.#read(conversationId);
    if (known?.roles.has(userId)) return known;
    this.forget(conversationId);
    const fresh = await this.#read(conversationId);
    if (!fresh?.roles.has(userId)) throw notFound();
    return fresh;
  }

  #read(conversationId: string): Promise<Membership | null> {
    const known = this.#known.get(conversationId);
    if (known) return known.promise;
    const promise = this.#members.membership(conversationId);
    const reading: Reading = { promise, membership: null };
    this.#known.set(conversationId, reading);
    promise.then(
      (membership) => {
        reading.membership = membership;
      },
      () => {
        this.forget(conversationId);
      },
    );
    return promise;
  }
}
