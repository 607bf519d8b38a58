import { useSyncExternalStore } from 'react';

/** A panel takes the whole place of the conversation on screens this narrow; the style sheets say the same. */
export const panelCovers = (): boolean => window.matchMedia('(max-width: 1100px)').matches;

const narrow = '(max-width: 720px)';

/** One screen at a time: the list or the conversation; the style sheets say the same. */
export const phone = (): boolean => window.matchMedia(narrow).matches;

/** Whether the page shows one thing at a time, as on a phone; the style sheets say the same. */
export function useNarrow(): boolean {
  return useSyncExternalStore(followWidth, () => window.matchMedia(narrow).matches);
}

function followWidth(changed: () => void): () => void {
  const query = window.matchMedia(narrow);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
