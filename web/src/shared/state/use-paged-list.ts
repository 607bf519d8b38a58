import { useEffect, useMemo, useState } from 'react';
import { pagedList, type Page, type PagedList, type PagedState } from './paged-list.ts';
import { useStore } from './use-store.ts';

/** A paged list for as long as a component shows it; `question` names what is asked, and a new one starts anew. */
export function usePagedList<T>(
  question: string,
  read: (cursor: string | undefined) => Promise<Page<T>>,
): PagedState<T> & { list: PagedList<T> } {
  // The reader is made from the question, so that only a new question makes a new list.
  const list = useMemo(() => pagedList(read), [question]);
  useEffect(() => {
    void list.reload();
  }, [list]);
  return { ...useStore(list.state), list };
}

/** The value as it was once it has rested, so that a search is not asked for every key. */
export function useRested<T>(value: T, restMs = 180): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return rested;
}
