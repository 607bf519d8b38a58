import { type Alternative, folded, isUnspaced, stemOf, wordsOf } from './terms.ts';

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

/** Term by term as `termsOf` names them, without making the terms: of a long text there are tens of thousands. */
function meets(text: string, groups: Wanted['groups']): boolean {
  const words = [...new Set(wordsOf(text))];
  const runs = words.filter(isUnspaced);
  const spaced = words.filter((word) => !isUnspaced(word));
  const has = ({ term, prefix }: Alternative): boolean => {
    const [kind, value] = [term.slice(0, 2), term.slice(2)];
    if (kind === 'b:') return runs.some((run) => run.includes(value));
    if (kind === 's:') return spaced.some((word) => stemOf(word) === value);
    return spaced.some((word) => (prefix ? word.startsWith(value) : word === value));
  };
  // The word itself before its stem: it is found without stemming a text.
  return groups.every((group) => group.toReversed().some(has));
}
