import { useSelected } from '../shared/state/use-store.ts';
import { useApp } from './app-context.tsx';

/** A text that depends on the time: rendered again only when it changes. */
export function useNow<T extends string | boolean>(words: (now: Date) => T): T {
  const { clock } = useApp();
  return useSelected(clock, ({ now }) => words(now));
}
