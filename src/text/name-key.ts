import { folded } from './folded.ts';

/** As much of a name as is compared: few signs become many when they are folded. */
const longest = 250;

/** By what a stored name is found and sorted. */
export function nameKeyOf(name: string): string {
  const key = folded(name).trim();
  if (key.length <= longest) return key;
  const cut = key.slice(0, longest);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
