import type { User } from '../src/contracts/auth/accounts.ts';
import type { KeptChanges, KeptPage, KeptState, LocalStore } from './options.ts';
import type { Timers } from './timers.ts';

export interface LocalCopyParts {
  /** Null: nothing is kept. */
  readonly store: LocalStore | null;
  readonly timers: Timers;
  /** A conversation as it is now, with its page where that is fit to be kept; null: it is not known. */
  readonly conversation: (id: string) => KeptChanges['conversations'][number] | null;
  readonly people: () => readonly User[];
}

const saveAfterMs = 1_000;
/** A browser's database may never answer. */
const loadWithinMs = 500;
const conversationsAtMost = 1_000;
const peopleAtMost = 500;

/** Keeps what the person sees in the local store, and gives it back at the next start. A store that fails is not asked again. */
export class LocalCopy {
  readonly #parts: LocalCopyParts;
  #store: LocalStore | null;
  #kept: KeptState | null = null;
  #paged: ReadonlySet<string> = new Set();
  /** Whom the server has confirmed: what is shown of the kept state alone is not saved. */
  #userId: string | null = null;
  readonly #dirty = new Set<string>();
  readonly #removed = new Set<string>();
  #arePeopleDirty = false;
  #only: readonly string[] | null = null;
  #cancel: (() => void) | null = null;
  /** One write at a time, in their order. */
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: LocalCopyParts) {
    this.#parts = parts;
    this.#store = parts.store;
  }

  /** Who is kept; null: nobody, or the store does not answer. */
  async load(): Promise<User | null> {
    if (!this.#store) return null;
    const kept = await this.#soon(this.#store.load());
    // Too late once the server has said who is signed in.
    if (this.#userId === null) this.#kept = kept;
    return this.#kept?.user ?? null;
  }

  /** What was loaded of this person, once: later it is older than what the program knows. */
  take(userId: string): KeptState | null {
    const kept = this.#kept;
    this.#kept = null;
    this.#paged = kept?.user.id === userId ? kept.paged : new Set();
    return kept?.user.id === userId ? kept : null;
  }

  /** Null: none was kept at the start. */
  page(userId: string, conversationId: string): Promise<KeptPage | null> | null {
    if (!this.#store || !this.#paged.has(conversationId)) return null;
    return this.#soon(this.#store.page(userId, conversationId));
  }

  /** The server says that this person is signed in. */
  begin(user: User): void {
    if (this.#userId === user.id) return;
    this.#userId = user.id;
    this.#kept = null;
    this.#write((store) => store.begin(user));
    this.#saveSoon();
  }

  /** The session of this person ended (null: nobody is signed in): nothing of them stays on the device. */
  end(userId: string | null): Promise<void> {
    this.leave();
    this.#kept = null;
    this.#write((store) => store.clear(userId));
    return this.#writing;
  }

  /** It is not known yet who is signed in. */
  leave(): void {
    this.#userId = null;
    this.#forget();
  }

  changed(conversationId: string): void {
    this.#dirty.add(conversationId);
    this.#removed.delete(conversationId);
    this.#saveSoon();
  }

  removed(conversationId: string): void {
    this.#removed.add(conversationId);
    this.#saveSoon();
  }

  readonly peopleChanged = (): void => {
    this.#arePeopleDirty = true;
    this.#saveSoon();
  };

  /** These are all conversations of the person, the most recent ones first. */
  completed(ids: readonly string[]): void {
    this.#only = ids.slice(0, conversationsAtMost);
    for (const id of this.#only) this.#dirty.add(id);
    this.#saveSoon();
  }

  /** Writes what waits. */
  flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    this.#save();
    return this.#writing;
  }

  #saveSoon(): void {
    if (this.#store) this.#cancel ??= this.#parts.timers.after(saveAfterMs, () => void this.flush());
  }

  #save(): void {
    const userId = this.#userId;
    if (userId === null || (this.#dirty.size + this.#removed.size === 0 && !this.#arePeopleDirty && !this.#only)) return;
    const { conversation, people } = this.#parts;
    const changes: KeptChanges = {
      conversations: [...this.#dirty].flatMap((id) => conversation(id) ?? []),
      removed: [...this.#removed],
      people: this.#arePeopleDirty ? people().slice(0, peopleAtMost) : null,
      only: this.#only,
    };
    this.#forget();
    this.#write((store) => store.save(userId, changes));
  }

  #forget(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#dirty.clear();
    this.#removed.clear();
    this.#arePeopleDirty = false;
    this.#only = null;
  }

  /** Null where the store fails, or does not answer soon. */
  #soon<T>(asked: Promise<T>): Promise<T | null> {
    return new Promise((resolve) => {
      const giveUp = (): void => {
        stop();
        resolve(null);
      };
      const stop = this.#parts.timers.after(loadWithinMs, giveUp);
      asked.then((value) => {
        stop();
        resolve(value);
      }, giveUp);
    });
  }

  /** A store that is full or broken keeps nothing: an old state is worse than none. */
  #write(work: (store: LocalStore) => Promise<void>): void {
    const store = this.#store;
    if (!store) return;
    this.#writing = this.#writing
      .then(() => work(store))
      .catch(async () => {
        this.#store = null;
        await store.clear(null).catch(() => undefined);
      });
  }
}
