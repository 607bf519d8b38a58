import { folded } from '../../../../src/text/folded.ts';
import type { IconName } from '../../shared/icons.tsx';

/** One line of the command palette. */
export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  /** More words it is found by. */
  readonly words: string;
  readonly hint: string | undefined;
  readonly look: { readonly icon: IconName } | { readonly avatarId: string };
  readonly choose: () => void;
}

/** Entries that hold every word: those that start with the text first, then those with a word that starts with it; else in the order given. */
export function findEntries(entries: readonly PaletteEntry[], typed: string, limit: number): readonly PaletteEntry[] {
  const text = folded(typed).trim();
  const words = text.split(' ');
  const ranked = entries.flatMap((entry, order) => {
    const label = folded(entry.label);
    const all = `${label} ${folded(entry.words)}`;
    if (!words.every((word) => all.includes(word))) return [];
    const rank = label.startsWith(text) ? 0 : all.split(/[\s.,:]+/).some((word) => word.startsWith(text)) ? 1 : 2;
    return [{ entry, rank, order }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .slice(0, limit)
    .map(({ entry }) => entry);
}
