import { addressOf, nothingShown, shownIn, type Shown } from './address.ts';

/** What the browser keeps beside the address of one history entry. */
export interface Entry extends Shown {
  /** Entries of this page below this one. */
  readonly depth: number;
  /** The address of the entry below, where this page went on from. */
  readonly from: string | null;
  /** The entry below is the same place without the panel. */
  readonly ownPanel: boolean;
  /** Layers over the page: dialogs, menus, popovers. */
  readonly over: number;
}

export const firstEntry: Entry = { ...nothingShown, depth: 0, from: null, ownPanel: false, over: 0 };

/** A change of the history; returns how many entries to go first, and is called again once the browser is there. */
export type Change = () => number;

/** Browsers go through the history asynchronously, so changes wait for each other: none is lost between a step back and the next push. */
export class HistoryQueue {
  readonly #view: Window;
  readonly #waiting: Change[] = [];
  readonly #onIdle: () => void;
  readonly #onMove: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: Window, { onIdle, onMove }: { onIdle: () => void; onMove: () => void }) {
    this.#view = view;
    this.#onIdle = onIdle;
    this.#onMove = onMove;
    view.addEventListener('popstate', () => this.#arrive());
    view.addEventListener('hashchange', () => {
      if (!this.travels) this.#onIdle();
    });
  }

  get travels(): boolean {
    return this.#timer !== undefined;
  }

  entry(): Entry {
    return { ...firstEntry, ...(this.#state ?? shownIn(this.#view.location.search)) };
  }

  /** The address was opened from outside, and not by this page. */
  get isForeign(): boolean {
    return this.#state === null;
  }

  get #state(): Partial<Entry> | null {
    return this.#view.history.state as Partial<Entry> | null;
  }

  path(): string {
    return this.#view.location.pathname + this.#view.location.hash;
  }

  push(entry: Partial<Entry>, path = this.path()): void {
    const pushed = { ...firstEntry, ...entry, depth: this.entry().depth + 1, from: this.path() };
    this.#view.history.pushState(pushed, '', addressOf(path, pushed));
  }

  replace(entry: Entry, path = this.path()): void {
    this.#view.history.replaceState(entry, '', addressOf(path, entry));
  }

  /** Runs at once unless the browser is still going to another entry. */
  run(...changes: readonly Change[]): void {
    this.#waiting.push(...changes);
    if (!this.travels) this.#goOn();
  }

  #goOn(): void {
    for (let change = this.#waiting[0]; change; change = this.#waiting[0]) {
      const steps = change();
      if (steps !== 0) {
        this.#travel(steps);
        return;
      }
      this.#waiting.shift();
    }
    this.#onIdle();
  }

  #travel(steps: number): void {
    // A browser refuses without an error: then the change is dropped, instead of being tried for ever.
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#waiting.shift();
      this.#goOn();
    }, patienceMs);
    this.#view.history.go(steps);
  }

  #arrive(): void {
    if (!this.travels) {
      this.#onMove();
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#goOn();
  }
}

const patienceMs = 1000;
