import { getUser, listUsers } from '../src/contracts/auth/accounts.ts';
import type { User } from '../src/contracts/auth/accounts.ts';
import type { Client } from './client.ts';
import { asClientError } from './client-error.ts';
import { Cell } from './readable.ts';
import type { PeopleChange } from './wire-events.ts';

const atOnce = 4;
/** From this number on, listing everyone takes fewer calls than one call each. */
const worthListing = 8;
const pagesAtMost = 5;

/** The users known so far. */
export class People {
  readonly byId = new Cell<ReadonlyMap<string, User>>(new Map());
  /** Ids that the server knows no account of, or shows this person none. */
  readonly unknown = new Cell<ReadonlySet<string>>(new Set());
  readonly #call: Client['call'];
  readonly #wanted = new Set<string>();
  /** As the device kept them: shown until they are fetched. */
  readonly #stale = new Set<string>();
  /** Asked to be known before anybody of them is required. */
  #isListWanted = false;
  /** Where the list of everyone goes on; null at its end. */
  #nextPage: { readonly cursor?: string } | null = {};
  #pagesRead = 0;
  #isFetching = false;
  /** Counts the people who signed in here: an answer to a call of one of them is not taken for the next. */
  #turn = 0;

  constructor(call: Client['call']) {
    this.#call = call;
  }

  /** Fetches those who are missing, soon and together. */
  require(userIds: readonly string[]): void {
    const known = this.byId.get();
    const unknown = this.unknown.get();
    for (const id of userIds) if ((!known.has(id) || this.#stale.has(id)) && !unknown.has(id)) this.#wanted.add(id);
    this.resume();
  }

  /** Fetches the first page of everyone, so that names are known before what they stand beside. */
  list(): void {
    if (this.#pagesRead > 0) return;
    this.#isListWanted = true;
    this.resume();
  }

  /** Tries again what failed while there was no connection. */
  resume(): void {
    if (this.#isFetching || (this.#wanted.size === 0 && !this.#isListWanted)) return;
    this.#isFetching = true;
    const turn = this.#turn;
    // A list asks for one person at a time while it renders: one turn later all of them are known.
    queueMicrotask(() => {
      this.#fetch(turn)
        .catch(() => undefined)
        .finally(() => {
          if (turn === this.#turn) this.#isFetching = false;
        })
        .catch(() => undefined);
    });
  }

  /** What the device kept of them. */
  restored(users: readonly User[]): void {
    this.met(users);
    for (const { id } of users) this.#stale.add(id);
  }

  met(users: readonly User[]): void {
    if (users.length === 0) return;
    for (const { id } of users) this.#stale.delete(id);
    const next = new Map(this.byId.get());
    for (const user of users) {
      next.set(user.id, user);
      this.#wanted.delete(user.id);
    }
    this.byId.set(next);
    this.#forgetUnknown(users.map(({ id }) => id));
  }

  /** A guest may know of others by now than before the connection was lost; those asked for again are unknown until they are found. */
  reconnected(): void {
    for (const id of this.unknown.get()) this.#wanted.add(id);
    this.resume();
  }

  /** The server shows other people from now on: those added may have been asked for in vain. */
  changed({ added, removed }: PeopleChange): void {
    this.#drop(removed);
    const unknown = this.unknown.get();
    const shown = added.filter((id) => unknown.has(id));
    this.#forgetUnknown(shown);
    this.require(shown);
  }

  clear(): void {
    this.#wanted.clear();
    this.#stale.clear();
    this.unknown.set(new Set());
    this.#isListWanted = false;
    this.#nextPage = {};
    this.#pagesRead = 0;
    this.#isFetching = false;
    this.#turn++;
    this.byId.set(new Map());
  }

  #drop(ids: readonly string[]): void {
    const next = new Map(this.byId.get());
    for (const id of ids) next.delete(id);
    if (next.size < this.byId.get().size) this.byId.set(next);
  }

  #noteUnknown(ids: readonly string[]): void {
    const before = this.unknown.get();
    if (ids.some((id) => !before.has(id))) this.unknown.set(new Set([...before, ...ids]));
  }

  #forgetUnknown(ids: readonly string[]): void {
    const before = this.unknown.get();
    if (!ids.some((id) => before.has(id))) return;
    const gone = new Set(ids);
    this.unknown.set(new Set([...before].filter((id) => !gone.has(id))));
  }

  async #fetch(turn: number): Promise<void> {
    while (turn === this.#turn && (this.#wanted.size > 0 || this.#isListWanted)) {
      await this.#list(turn);
      const ids = [...this.#wanted].slice(0, atOnce);
      const found = await Promise.all(ids.map((userId) => this.#one(userId)));
      if (turn !== this.#turn) return;
      this.met(found.filter((user) => user !== null));
      const missing = ids.filter((_, at) => found[at] === null);
      this.#drop(missing);
      this.#noteUnknown(missing);
      for (const id of ids) this.#wanted.delete(id);
    }
  }

  async #one(userId: string): Promise<User | null> {
    try {
      return await this.#call(getUser, { userId });
    } catch (error) {
      const { code } = asClientError(error);
      if (code !== 'not_found' && code !== 'validation_failed') throw error;
      return null;
    }
  }

  async #list(turn: number): Promise<void> {
    while (turn === this.#turn && this.#nextPage && (this.#isListWanted || this.#wanted.size >= worthListing)) {
      const { items, nextCursor } = await this.#call(listUsers, { limit: 200, ...this.#nextPage });
      if (turn !== this.#turn) return;
      this.#isListWanted = false;
      this.#pagesRead++;
      this.#nextPage = nextCursor === null || this.#pagesRead === pagesAtMost ? null : { cursor: nextCursor };
      this.met(items);
    }
  }
}
