import type { Presence } from '../src/contracts/presence/statuses.ts';
import { Cell } from './readable.ts';
import type { PeopleChange } from './wire-events.ts';

export interface PresenceParts {
  readonly subscribe: (userIds: readonly string[]) => Promise<{ readonly items: readonly Presence[] }>;
  readonly isConnected: () => boolean;
}

/** What the server lets one connection watch. */
const watchedAtMost = 1_000;

/** The presence of those watched; each new connection subscribes again. */
export class PresenceWatch {
  readonly byId = new Cell<ReadonlyMap<string, Presence>>(new Map());
  readonly #parts: PresenceParts;
  #watched: readonly string[] = [];
  #isDue = false;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  watch(userIds: readonly string[]): void {
    const next = [...new Set(userIds)].sort().slice(0, watchedAtMost);
    if (next.join() === this.#watched.join()) return;
    this.#watched = next;
    const known = this.byId.get();
    this.byId.set(new Map(next.flatMap((id) => [...entryOf(known, id)])));
    this.#ask();
  }

  /** A new connection watches nobody yet. */
  resume(): void {
    if (this.#watched.length > 0) this.#ask();
  }

  changed(presence: Presence): void {
    if (this.#watched.includes(presence.userId)) this.byId.set(new Map(this.byId.get()).set(presence.userId, presence));
  }

  /** The server lets other people be watched from now on. */
  peopleChanged({ added, removed }: PeopleChange): void {
    const hidden = new Set(removed);
    const shown = [...this.byId.get()].filter(([id]) => !hidden.has(id));
    if (shown.length < this.byId.get().size) this.byId.set(new Map(shown));
    if (added.some((id) => this.#watched.includes(id))) this.#ask();
  }

  clear(): void {
    this.#watched = [];
    this.byId.set(new Map());
  }

  #ask(): void {
    if (this.#isDue || !this.#parts.isConnected()) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      const asked = this.#watched;
      this.#parts.subscribe(asked).then(
        ({ items }) => {
          // Without those whom the server does not show.
          if (asked === this.#watched) this.byId.set(new Map(items.map((presence) => [presence.userId, presence])));
        },
        () => undefined,
      );
    });
  }
}

function* entryOf<T>(map: ReadonlyMap<string, T>, id: string): Iterable<[string, T]> {
  const value = map.get(id);
  if (value !== undefined) yield [id, value];
}
