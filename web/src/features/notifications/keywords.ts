const atMost = 30;
const shortest = 2;

const same = (one: string, other: string): boolean => one.toLocaleLowerCase() === other.toLocaleLowerCase();

/** Why a word is not added; null: it is. */
export function keywordFault(known: readonly string[], written: string): 'short' | 'known' | 'many' | null {
  const word = written.trim();
  if (word.length < shortest) return 'short';
  if (known.some((one) => same(one, word))) return 'known';
  return known.length >= atMost ? 'many' : null;
}

export const keywordsWith = (known: readonly string[], written: string): readonly string[] => [...known, written.trim()];
