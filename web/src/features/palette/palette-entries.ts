import { folded } from '../../../../src/text/folded.ts';
import type { IconName } from '../../shared/icons.tsx';
import { underOtherLayout } from './layout.ts';

/** One line of the command palette. */
export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  /** More words it is found by. */
  readonly words: string;
  readonly hint: string | undefined;
  /** The shortcut, as it is printed. */
  readonly keys?: string | undefined;
  readonly look: { readonly icon: IconName } | { readonly avatarId: string; readonly src?: string | null | undefined };
  readonly choose: () => void;
}

/**
 * Entries that hold every word: those that start with the text first, then those with a word that starts with it, else in the order given.
 * After them what fits when the keys are read under the other layout. Where nothing fits, letters in their order are enough (`egnr`: Engineering).
 */
export function findEntries(entries: readonly PaletteEntry[], typed: string, limit: number): readonly PaletteEntry[] {
  const text = folded(typed).trim();
  const other = folded(underOtherLayout(typed)).trim();
  const ranked = entries.flatMap((entry, order) => {
    const label = folded(entry.label);
    const all = `${label} ${folded(entry.words)}`;
    const rank = rankOf(label, all, text) ?? rankOf(label, all, other, 3);
    return rank === null ? [] : [{ entry, rank, order }];
  });
  if (ranked.length === 0) return entries.filter(({ label }) => isSpelledBy(folded(label), text)).slice(0, limit);
  return ranked
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

function rankOf(label: string, all: string, text: string, base = 0): number | null {
  if (!text.split(' ').every((word) => all.includes(word))) return null;
  if (label.startsWith(text)) return base;
  return all.split(/[\s.,:]+/).some((word) => word.startsWith(text)) ? base + 1 : base + 2;
}

/** Fewer letters than this are in almost every name. */
const spelledFrom = 3;

/** Whether a word of the label begins with the first letter, and the others follow in their order. */
function isSpelledBy(label: string, text: string): boolean {
  if (text.length < spelledFrom || text.includes(' ')) return false;
  return label.split(/[\s._-]+/).some((word, at, words) => {
    if (!word.startsWith(text.charAt(0))) return false;
    let from = 0;
    const rest = words.slice(at).join('');
    return Array.from(text).every((letter) => {
      const found = rest.indexOf(letter, from);
      from = found + 1;
      return found >= 0;
    });
  });
}
