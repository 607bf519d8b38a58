import { isUnspaced } from '../../../text/scripts.ts';
import { readingOf } from './reading.ts';
import { type Alternative, endsInLetter, isSpacedLetter, stemOf, type Wanted, wordsIn } from './terms.ts';

/** Whether a text holds what a query asks for: an index may know less of it, or an older one. */
export function matches(text: string, { groups, literals }: Wanted): boolean {
  const reading = readingOf(text);
  return literals.every((literal) => holds(reading, literal)) && meets(reading, groups);
}

/** What is looked for letter by letter begins where a word begins: an index knows whole words. It may end within one. */
function holds(reading: string, literal: string): boolean {
  const beginsWord = isSpacedLetter(literal.slice(0, 2));
  for (let at = reading.indexOf(literal); at >= 0; at = reading.indexOf(literal, at + 1))
    if (!beginsWord || !endsInLetter(reading.slice(Math.max(0, at - 2), at))) return true;
  return false;
}

/** Term by term as `termsOf` names them, without making the terms: of a long text there are tens of thousands. */
function meets(reading: string, groups: Wanted['groups']): boolean {
  const words = [...new Set(wordsIn(reading))];
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
