import { useSelected } from '../shared/state/use-store.ts';
import { useApp } from './app-context.tsx';

/** Words that depend on the time: drawn again only when they change. */
export function useNow<T extends string | boolean>(words: (now: Date) => T): T {
  const { clock } = useApp();
  return useSelected(clock, ({ now }) => words(now));
}
