import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractFile, formatted, withImport, wordsOf } from './contract-file.ts';
import { contractIndexes } from './contract-index.ts';
import { writeFiles } from './write-files.ts';

/**
 * Declares `area.nounVerbed` (a domain event) or `area.verbing` (a signal) in the contract of its noun, below `root`, lists it, and names it on
 * the page of its module. Answers the paths it wrote.
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
  const page = `src/modules/${file.area}/README.md`;
  writeFiles(root, [
    [file.path, await formatted(root, `${imported}\n${declaration(name, file.camel)}`)],
    [page, withEvent(readFileSync(join(root, page), 'utf8'), name)],
  ]);
  writeFiles(root, contractIndexes(root));
  return [file.path, page];
}

/** The page of the module with the event among those that it publishes: `**Events out**:` or, behind the events in, `**Out**:`. */
function withEvent(page: string, name: string): string {
  const known = /\*\*(Events out|Out)\*\*: /.exec(page);
  if (!known) return `${page.trimEnd()}\n\n**Events out**: \`${name}\`.\n`;
  const at = known.index + known[0].length;
  return `${page.slice(0, at)}\`${name}\`, ${page.slice(at)}`;
}

const declaration = (name: string, camel: string): string => `export const ${camel} = event({
  name: '${name}',
  summary: '${wordsOf(camel)}',
  delivery: '${camel.endsWith('ing') ? 'signal' : 'event'}',
  payload: z.strictObject({ userId: Id }),
});
`;
