import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sections } from '../src/host/config.ts';
import type { Variable } from '../src/kernel/config/variable.ts';

const start = '<!-- variables: written by `npm run docs:api` from the config.ts of each owner -->';
const end = '<!-- end of variables -->';
const lineLength = 110;

/** What is written from the declarations of the environment variables, by path from `root`. */
export function configDocuments(root: string): ReadonlyMap<string, string> {
  const page = 'docs/operations.md';
  return new Map([
    [page, withTable(readFileSync(join(root, page), 'utf8'))],
    ['.env.example', envExample()],
  ]);
}

function withTable(page: string): string {
  const [before, after] = [page.indexOf(start), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`docs/operations.md has no place for the variables between ${start} and ${end}.`);
  return `${page.slice(0, before)}${start}\n${table()}\n${page.slice(after)}`;
}

const table = (): string =>
  [
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    ...all().map((each) => `| \`${each.name}\` |${cell(defaultOf(each))} ${each.meaning.replaceAll('|', '\\|')} |`),
  ].join('\n');

const cell = (text: string): string => (text === '' ? ' |' : ` ${text} |`);

const all = (): Variable[] => sections.flatMap(({ variables }) => Object.values(variables));

function defaultOf(variable: Variable): string {
  if (variable.default === undefined) return variable.otherwise ?? '';
  return variable.default === '' ? '' : `\`${variable.default}\``;
}

const envExample = (): string =>
  `# Every variable that Confab reads. Each may also be given as NAME_FILE, a path to a file that holds the value.
# A line that is commented out shows the default, or an example where there is none. Values stand without quotes. \`confab config\` shows what holds.
${sections.map(({ title, variables }) => `\n# ${title}\n\n${Object.values(variables).map(exampleOf).join('\n')}`).join('')}`;

const exampleOf = (variable: Variable): string =>
  `${wrapped(variable.meaning.replaceAll('`', ''))
    .map((line) => `# ${line}\n`)
    .join('')}#${variable.name}=${variable.example ?? variable.default ?? ''}\n`;

/** In lines of at most `lineLength` letters. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < lineLength) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
