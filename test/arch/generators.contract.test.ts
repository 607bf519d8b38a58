import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateEvent } from '../../scripts/event-generator.ts';
import { generateModule } from '../../scripts/module-generator.ts';
import { generateOperation } from '../../scripts/operation-generator.ts';
import { root } from './cruise.ts';
import { pascal } from './files.ts';
import { fileOf } from './handlers.ts';

/** Modules that are made anew: one gets an operation and events, the other stays empty. */
const [made, empty] = ['origami', 'kirigami'];
const areas = [...readdirSync(join(root, 'src/modules')), made];
let copy: string;

beforeAll(async () => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), 'confab-copy-')));
  for (const path of ['src', 'test/harness', 'test/arch', 'package.json', '.prettierrc.json', 'tsconfig.json', 'jest.config.ts'])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  for (const path of ['node_modules', 'client', 'web', 'bench', 'scripts', 'prisma']) symlinkSync(join(root, path), join(copy, path));
  for (const area of [made, empty]) await generateModule(area, copy);
  for (const area of areas) {
    await generateOperation(`${area}.foldPaper`, 'papers', copy);
    await generateEvent(`${area}.paperFolded`, 'papers', copy);
    await generateEvent(`${area}.paperFalling`, 'falls', copy);
    await generateOperation(`${area}.catchPaper`, 'falls', copy);
  }
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

const run = (...command: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: copy, encoding: 'utf8' });
  return { status, output: stdout + stderr };
};
const jest = (...paths: readonly string[]) =>
  run('--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--selectProjects', 'unit', '--verbose', '--runTestsByPath', ...paths);
const testOf = (area: string): string => fileOf(`${area}.foldPaper`).replace(/\.ts$/, '.test.ts');

describe('a generated operation', () => {
  test('passes the type check in every module, also in a new one', () => {
    writeFileSync(
      join(copy, 'tsconfig.json'),
      readFileSync(join(copy, 'tsconfig.json'), 'utf8').replace(
        /"include": \[[^\]]*\]/,
        '"include": ["src/host/modules.ts", "src/modules/*/operations/fold-paper*.ts"]',
      ),
    );
    expect(run('node_modules/typescript/bin/tsc', '--noEmit', '-p', '.')).toEqual({ status: 0, output: '' });
  }, 120_000);

  test('has a test that fails until the handler is written', () => {
    const unwritten = jest(...areas.map(testOf));
    expect(unwritten.status).not.toBe(0);
    expect(unwritten.output).toContain('chat.foldPaper is not written yet.');
    expect(unwritten.output).toContain(`${String(areas.length)} failed, ${String(areas.length)} total`);

    for (const area of areas) {
      const handler = join(copy, fileOf(`${area}.foldPaper`));
      writeFileSync(handler, readFileSync(handler, 'utf8').replace(/Promise\.reject\([^;]*\);/s, 'Promise.resolve({});'));
    }
    const written = jest(...areas.map(testOf));
    expect(written.output).toContain(`${String(areas.length)} passed, ${String(areas.length)} total`);
    expect(written.status).toBe(0);
  }, 120_000);

  test('keeps the rules of the app: one handler, a test and a line on the page of its module', () => {
    const kept = jest('test/arch/structure-rules.test.ts', 'test/arch/access-matrix.test.ts', 'test/arch/module-pages.test.ts');
    expect(kept.output).toMatch(/✓ and routes each have exactly one handler/);
    expect(kept.output).toMatch(/✓ agrees with the declarations/);
    expect(kept.output).toContain(`✓ src/modules/${made} names its ports and what it publishes`);
    expect(kept).toMatchObject({ status: 0 });
  }, 120_000);
});

describe('a generated module', () => {
  test('is one of the app, with what was generated in it', () => {
    const probe = `import { moduleNames } from './src/host/modules.ts';
import { events, operations } from './src/contracts/registry.ts';
const declared = [...operations, ...events].map(({ name }) => name);
console.log([...moduleNames, ...declared].filter((name) => /^(${made}|${empty})/.test(name)).join(' '));
`;
    writeFileSync(join(copy, 'probe.ts'), probe);
    const names = ['catchPaper', 'foldPaper', 'paperFalling', 'paperFolded'].map((name) => `${made}.${name}`);
    expect(run('--import=tsx', 'probe.ts')).toEqual({ status: 0, output: `${[empty, made, ...names].join(' ')}\n` });
  });

  test.each([
    ['chat', 'There is src/modules/chat and src/contracts/chat already'],
    ['appearance', 'There is src/contracts/appearance already'],
    ['none', 'says that a process has none'],
    ['read-state', 'one word of small letters'],
    ['../files', 'one word of small letters'],
  ])('is not called %s', async (name, fault) => {
    await expect(generateModule(name, copy)).rejects.toThrow(fault);
  });
});

describe('the generator', () => {
  test('adds to the file of a noun that exists', async () => {
    await generateOperation('chat.unfoldPaper', 'papers', copy);
    const contract = readFileSync(join(copy, 'src/contracts/chat/papers.ts'), 'utf8');
    expect(contract.match(/name: 'chat\.\w+'/g)).toEqual(['foldPaper', 'paperFolded', 'unfoldPaper'].map((name) => `name: 'chat.${name}'`));
    expect(contract.match(/^import /gm)).toHaveLength(3);
  });

  test('finds the table of the operations behind one of routes', async () => {
    const path = join(copy, `src/modules/${empty}/handlers.ts`);
    const answers = ['copy', 'print', 'read'].map((verb) => `  answers(contract.${verb}Paper, handle${pascal(verb)}Paper),\n`);
    const routes = `export const routeHandlers = [\n${answers.join('')}];\n`;
    writeFileSync(path, readFileSync(path, 'utf8').replace('/** One', `${routes}\n/** One`));
    for (const name of ['foldPaper', 'catchPaper', 'unfoldPaper']) await generateOperation(`${empty}.${name}`, 'papers', copy);
    const [, before, table] = /^(.*export const handlers: [^\n]* = )(\[.*)$/s.exec(readFileSync(path, 'utf8')) ?? [];
    expect(before).toContain(routes);
    expect(table).toBe(
      `[\n${['catch', 'fold', 'unfold'].map((verb) => `  handles(contract.${verb}Paper, handle${pascal(verb)}Paper),\n`).join('')}];\n`,
    );
  });

  test.each([
    ['pinMessage', 'pins', 'is not area.verbNoun'],
    ['weather.forecast', 'skies', 'There is no module weather'],
    ['chat.sendMessage', 'pins', 'is declared already, in src/contracts/chat/messages.ts'],
    ['chat.pinMessage', '', 'is not the file of a noun'],
    ['chat.pinMessage', '../pins', 'is not the file of a noun'],
  ])('refuses %s of %j', async (name, noun, fault) => {
    await expect(generateOperation(name, noun, copy)).rejects.toThrow(fault);
  });

  test('knows a domain event from a signal by the form of its name, and lists both', async () => {
    const contract = (noun: string) => readFileSync(join(copy, `src/contracts/chat/${noun}.ts`), 'utf8');
    expect(contract('papers')).toMatch(/name: 'chat\.paperFolded',\n.*\n {2}delivery: 'event'/);
    expect(contract('falls')).toMatch(/name: 'chat\.paperFalling',\n.*\n {2}delivery: 'signal'/);
    expect(readFileSync(join(copy, 'src/contracts/chat/index.ts'), 'utf8')).toContain("export * from './falls.ts';");
    await expect(generateEvent('chat.messageCreated', 'pins', copy)).rejects.toThrow('is declared already');
    await expect(generateEvent('messageCreated', 'pins', copy)).rejects.toThrow('is not area.nounVerbed');
  });
});
