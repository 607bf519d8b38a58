import { type Alternative, folded, termsOf } from './terms.ts';

interface Wanted {
  readonly groups: readonly (readonly Alternative[])[];
  readonly literals: readonly string[];
}

/** Whether a text holds what a query asks for: an index may know less of it, or an older one. */
export const matches = (text: string, { groups, literals }: Wanted): boolean => holds(text, literals) && meets(text, groups);

/** Case, width and ё are told apart by a database and not by a person who searches. */
export function holds(text: string, literals: readonly string[]): boolean {
  if (literals.length === 0) return true;
  const whole = folded(text);
  return literals.every((literal) => whole.includes(literal));
}

function meets(text: string, groups: Wanted['groups']): boolean {
  const terms = new Set(termsOf(text));
  return groups.every((group) => group.some(({ term, prefix }) => terms.has(term) || (prefix && beginsIn(terms, term))));
}

function beginsIn(terms: ReadonlySet<string>, beginning: string): boolean {
  for (const term of terms) if (term.startsWith(beginning)) return true;
  return false;
}
