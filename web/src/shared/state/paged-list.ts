import { store, type Readable } from './store.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Orders what stands on a page; which page something is on remains the server's choice (ADR 26). */
export const sortedPage = <T>(page: Page<T>, compare: (one: T, other: T) => number): Page<T> => ({
  ...page,
  items: [...page.items].sort(compare),
});

export interface PagedState<T> extends Page<T> {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: unknown;
}

export interface PagedList<T> {
  readonly state: Readable<PagedState<T>>;
  reload(): Promise<void>;
  /** What is shown answers an earlier question: `reload` follows soon, and an answer that comes before is dropped. */
  outdate(): void;
  /** Reads the next page, if there is one and none is being read. */
  more(): Promise<void>;
  /** Changes what is shown without asking the server again. */
  change(apply: (items: readonly T[]) => readonly T[]): void;
}

/** A list that is read page by page; an answer that comes after a newer question is dropped. */
export function pagedList<T>(read: (cursor: string | undefined) => Promise<Page<T>>): PagedList<T> {
  const state = store<PagedState<T>>({ items: [], nextCursor: null, status: 'loading', failure: null });
  let asked = 0;
  const load = async (before: readonly T[], cursor: string | undefined): Promise<void> => {
    const question = ++asked;
    state.update((current) => ({ ...current, status: 'loading', failure: null }));
    try {
      const page = await read(cursor);
      if (question === asked) state.set({ items: [...before, ...page.items], nextCursor: page.nextCursor, status: 'ready', failure: null });
    } catch (failure) {
      if (question === asked) state.update((current) => ({ ...current, status: 'failed', failure }));
    }
  };
  return {
    state,
    reload: () => load([], undefined),
    outdate() {
      asked++;
      state.update((current) => ({ ...current, status: 'loading', failure: null }));
    },
    async more() {
      const { items, nextCursor, status } = state.get();
      if (nextCursor !== null && status !== 'loading') await load(items, nextCursor);
    },
    change: (apply) => state.update((current) => ({ ...current, items: apply(current.items) })),
  };
}
