import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractFile, formatted, withImport, wordsOf } from './contract-file.ts';
import { contractIndexes } from './contract-index.ts';
import { writeFiles } from './write-files.ts';

/** What the files of one new operation are made of. */
interface Names {
  /** `chat` */
  readonly area: string;
  /** `pins`: the file of the contract. */
  readonly noun: string;
  /** `pinMessage` */
  readonly camel: string;
  /** `pin-message` */
  readonly kebab: string;
  /** `handlePinMessage` */
  readonly handler: string;
}

/**
 * Declares `area.verbNoun` in the contract of its noun (`src/contracts/<area>/<noun>.ts`, made where there is none), lists a handler in
 * the module and puts a test beside it, below `root`. The handler refuses every call and the test fails, until both are written. Answers
 * the paths it wrote.
 *
 * @throws Error - for a name or noun of another form, an unknown module, or an operation that exists
 */
export async function generateOperation(name: string, noun: string, root: string): Promise<readonly string[]> {
  const { area, camel, path: contract, text } = contractFile(root, { name, noun, example: 'area.verbNoun, as in chat.pinMessage' });
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const kebab = camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const module = `src/modules/${area}`;
  const list = `${module}/handlers.ts`;
  const names: Names = { area, noun, camel, kebab, handler: `handle${pascal(camel)}` };
  const files: Readonly<Record<string, string>> = {
    [contract]: withDeclaration(text, names),
    [list]: withHandler(read(list), names),
    [`${module}/operations/${kebab}.ts`]: handlerText(names),
    [`${module}/operations/${kebab}.test.ts`]: testText(names),
  };
  const written = await Promise.all(Object.entries(files).map(async ([path, source]) => [path, await formatted(root, source)] as const));
  writeFiles(root, written);
  writeFiles(root, contractIndexes(root));
  return Object.keys(files);
}

const pascal = (camel: string): string => camel.charAt(0).toUpperCase() + camel.slice(1);

const withDeclaration = (
  contract: string,
  { area, camel, kebab }: Names,
): string => `${withImport(withImport(contract, 'Nothing', '../primitives.ts'), 'operation', '../define.ts')}
export const ${camel} = operation({
  name: '${area}.${camel}',
  summary: '${wordsOf(camel)}',
  access: 'user',
  input: Nothing,
  output: Nothing,
  http: { method: 'POST', path: '/${area}/${kebab}' },
});
`;

/** In its place by name among the imports and in the table, also in the empty one of a new module. */
function withHandler(table: string, { area, kebab, camel, handler }: Names): string {
  const contract = `import * as contract from '../../contracts/${area}/index.ts';`;
  const begun = withImport(table.includes(contract) ? table : `${contract}\n${table}`, 'handles', '../../kernel/bus/bus.ts');
  const imported = insertSorted(begun, {
    among: /^import \{ \w+ \} from '\.\/operations\/.*$/gm,
    line: `import { ${handler} } from './operations/${kebab}.ts';`,
    otherwiseBefore: /^import .* from '\.\/parts\.ts';$/m,
  });
  const broken = imported.replace(/= \[(handles\(.*\))\];/, '= [\n  $1,\n];');
  return insertSorted(broken, {
    among: /^ {2}handles\(.*\),$/gm,
    line: `  handles(contract.${camel}, ${handler}),`,
    otherwiseBefore: /(?<=^export const handlers: .* = \[)\];$/m,
  });
}

/** `otherwiseBefore`: where the line goes when there is none like it. The formatter mends the lines around it. */
function insertSorted(text: string, { among, line, otherwiseBefore }: { among: RegExp; line: string; otherwiseBefore: RegExp }): string {
  const found = [...text.matchAll(among)];
  const before = found.findLast(([known]) => known < line) ?? null;
  if (before) return `${text.slice(0, before.index + before[0].length)}\n${line}${text.slice(before.index + before[0].length)}`;
  const next = found[0]?.index ?? otherwiseBefore.exec(text)?.index;
  if (next === undefined) throw new Error(`There is no place for the line ${line.trim()}`);
  return `${text.slice(0, next)}${line}\n${text.slice(next)}`;
}

const handlerText = ({ area, noun, camel, handler }: Names): string => `import type { Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/${area}/${noun}.ts';
import { AppError } from '../../../kernel/errors.ts';

/** Takes the parts of the module, the input and the context of the call; an operation that needs fewer leaves the last ones out. */
export function ${handler}(): Promise<Output<typeof contract.${camel}>> {
  return Promise.reject(new AppError('unavailable', { detail: '${area}.${camel} is not written yet.' }));
}
`;

const testText = ({
  area,
  noun,
  camel,
  kebab,
  handler,
}: Names): string => `import * as contract from '../../../contracts/${area}/${noun}.ts';
import { ${handler} } from './${kebab}.ts';

/** Fails until the handler is written. Say here what it does, and each refusal in a test of its own. */
test('${area}.${camel} answers as it is declared', async () => {
  const answer = await ${handler}();
  expect(contract.${camel}.output.parse(answer)).toEqual(answer);
});
`;
