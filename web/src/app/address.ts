/** What an address says beyond the place: what stands beside and over it. */
export interface Shown {
  readonly panel: string | null;
  /** What is searched for in the panel. */
  readonly words: string | null;
  /** The dialog over the page, where it can be opened from its name alone. */
  readonly dialog: string | null;
}

export const nothingShown: Shown = { panel: null, words: null, dialog: null };

export function shownIn(query: string): Shown {
  const parts = new URLSearchParams(query);
  return { panel: parts.get('panel'), words: parts.get('q'), dialog: parts.get('dialog') };
}

/** The address of a place with what is shown there; a place ends with its fragment, if it has one. */
export function addressOf(place: string, { panel, words, dialog }: Shown): string {
  const parts = new URLSearchParams();
  if (panel !== null) parts.set('panel', panel);
  if (panel !== null && words) parts.set('q', words);
  if (dialog !== null) parts.set('dialog', dialog);
  const query = parts.toString();
  if (query === '') return place;
  const [path = '', fragment] = place.split('#', 2);
  return `${path}?${query}${fragment === undefined ? '' : `#${fragment}`}`;
}
