import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractFile, formatted, withImport, wordsOf } from './contract-file.ts';
import { contractIndexes } from './contract-index.ts';

/**
 * Declares `area.nounVerbed` (a domain event) or `area.verbing` (a signal) in the contract of its noun, below `root`, and lists it. Answers the paths
 * it wrote.
 *
 * @throws Error - for a name or noun of another form, an unknown module, or an event that exists
 */
export async function generateEvent(name: string, noun: string, root: string): Promise<readonly string[]> {
  const file = contractFile(root, { name, noun, example: 'area.nounVerbed or area.verbing, as in chat.messagePinned' });
  const imported = [
    ['Id', '../primitives.ts'],
    ['event', '../define.ts'],
    ['z', 'zod'],
  ].reduce((text, [what = '', from = '']) => withImport(text, what, from), file.text);
  writeFileSync(join(root, file.path), await formatted(root, `${imported}\n${declaration(name, file.camel)}`));
  for (const [path, text] of contractIndexes(root)) writeFileSync(join(root, path), text);
  return [file.path];
}

const declaration = (name: string, camel: string): string => `export const ${camel} = event({
  name: '${name}',
  summary: '${wordsOf(camel)}',
  delivery: '${camel.endsWith('ing') ? 'signal' : 'event'}',
  payload: z.strictObject({ userId: Id }),
});
`;
