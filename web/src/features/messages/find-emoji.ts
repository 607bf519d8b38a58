import { folded } from '../../../../src/text/folded.ts';
import { emoji } from './emoji-words.ts';

export function findEmoji(query: string): readonly string[] {
  const words = folded(query).trim();
  return emoji
    .filter(([, names]) => words === '' || names.split(' ').some((name) => folded(name).startsWith(words)))
    .map(([symbol]) => symbol);
}
