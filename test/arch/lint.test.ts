import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { root } from './cruise.ts';

const operation = 'src/modules/chat/operations/send-message.ts';
const longFunction = `export function long(): number {\n${'  Math.abs(1);\n'.repeat(51)}  return 1;\n}\n`;

/** What must be found, in which file, by which rule. Rules that need types are asked for by name below. */
const planted: readonly (readonly [what: string, file: string, text: string, rule: string])[] = [
  ['a default export', 'src/kernel/clock.ts', 'export default 1;\n', 'no-restricted-syntax'],
  ['the environment', 'src/host/app.ts', 'export const home = process.env.HOME;\n', 'no-restricted-syntax'],
  ['the environment, taken apart', 'client/http.ts', 'export const { env } = process;\n', 'no-restricted-syntax'],
  ['the time of day in a module', operation, 'export const now = Date.now();\n', 'no-restricted-syntax'],
  ['a date of now in a module', operation, 'export const now = new Date();\n', 'no-restricted-syntax'],
  ['a throw of dice in a module', operation, 'export const dice = Math.random();\n', 'no-restricted-syntax'],
  ['chance of Node in a module', operation, "export { randomUUID } from 'node:crypto';\n", 'no-restricted-imports'],
  ['any', 'src/gateway/limits.ts', 'export const it: any = 1;\n', '@typescript-eslint/no-explicit-any'],
  ['a mark for later', 'src/gateway/limits.ts', `// ${['TO', 'DO'].join('')}: later\nexport const it = 1;\n`, 'no-warning-comments'],
  ['a function of 54 lines', 'src/gateway/limits.ts', longFunction, 'max-lines-per-function'],
  ['a file of 351 lines', 'src/gateway/limits.ts', 'export {};\n'.repeat(351), 'max-lines'],
];

const allowed: readonly (readonly [what: string, file: string, text: string])[] = [
  ['the environment in the configuration', 'src/host/config.ts', 'export const home = process.env.HOME;\n'],
  ['the time of day in the clock', 'src/kernel/clock.ts', 'export const now = Date.now();\n'],
  ['a default export of a tool’s configuration', 'jest.config.ts', 'export default 1;\n'],
];

/** Lints in a process of its own, as the tool runs; without types, which a text that is not on disk has not. */
const program = `
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
const { texts, typed } = JSON.parse(process.argv[1]);
const withoutTypes = { ...tseslint.configs.disableTypeChecked, languageOptions: { parserOptions: { projectService: false, program: null } } };
const eslint = new ESLint({ overrideConfig: [withoutTypes] });
const found = [];
for (const [, filePath, text] of texts) {
  const [{ messages }] = await eslint.lintText(text, { filePath });
  found.push(messages.map(({ ruleId, message }) => ruleId ?? message));
}
const { rules } = await new ESLint().calculateConfigForFile(typed);
console.log(JSON.stringify({ found, rules }));
`;

describe('the linter', () => {
  const texts = [...planted, ...allowed];
  let found: readonly (readonly string[])[];
  let rules: Readonly<Record<string, readonly [severity: number]>>;

  beforeAll(() => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', program, JSON.stringify({ texts, typed: operation })],
      { cwd: root, encoding: 'utf8' },
    );
    if (stdout === '') throw new Error(stderr);
    ({ found, rules } = JSON.parse(stdout) as { found: string[][]; rules: Record<string, [number]> });
  }, 60_000);

  test.each(planted.map(([what, file, , rule], at) => [what, file, rule, at] as const))('finds %s in %s', (_what, _file, rule, at) => {
    expect(found[at]).toContain(rule);
  });

  test.each(allowed.map(([what], at) => [what, planted.length + at] as const))('lets pass %s', (_what, at) => {
    expect(found[at]).toEqual([]);
  });

  test.each(['no-floating-promises', 'no-misused-promises', 'no-unsafe-call', 'no-unsafe-return', 'await-thenable'])(
    'asks the types for %s',
    (rule) => {
      expect(rules[`@typescript-eslint/${rule}`]?.[0]).toBe(2);
    },
  );
});
