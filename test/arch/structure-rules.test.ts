import { describe, expect, test } from '@jest/globals';
import { events, operations, routes } from '../../src/contracts/registry.ts';
import { filesOf, isTest, pascal, textOf } from './files.ts';
import { handledBy, handlerFaults } from './handlers.ts';

const code = filesOf(['src', 'client', 'web', 'bench', 'test', 'scripts'], (path) => /\.(tsx?|mjs)$/.test(path));
const longest = 350;

describe('operations', () => {
  const files = filesOf(['src/modules'], (path) => /\/operations\/[^/]+\.ts$/.test(path));
  const tables = filesOf(['src/modules'], (path) => /^src\/modules\/\w+\/handlers\.ts$/.test(path));
  const handled = tables.flatMap((path) => handledBy(path, textOf(path)));

  test('and routes each have exactly one handler, in a file of their name, and a test of that name', () => {
    expect(operations.length).toBeGreaterThan(50);
    expect(
      handlerFaults(
        [...operations, ...routes].map(({ name }) => name),
        handled,
        new Set(files),
      ),
    ).toEqual([]);
  });

  test('the rule notices two handlers, none, a wrong file and a missing test', () => {
    const twice = [
      { file: 'src/modules/chat/operations/send-message.ts', operation: 'chat.sendMessage' },
      { file: 'src/modules/chat/operations/other.ts', operation: 'chat.sendMessage' },
      { file: 'src/modules/chat/operations/other.ts', operation: 'chat.sync' },
    ];
    expect(
      handlerFaults(['chat.sendMessage', 'chat.getMessage', 'chat.sync'], twice, new Set(['src/modules/chat/operations/sync.test.ts'])),
    ).toEqual([
      'chat.sendMessage has 2 handlers',
      'chat.sendMessage has no test of its name',
      'chat.getMessage has 0 handlers',
      'chat.getMessage has no test of its name',
      'chat.sync is handled in src/modules/chat/operations/other.ts, not in src/modules/chat/operations/sync.ts',
    ]);
  });

  test('are named area.verbNoun and events area.nounVerbed, once each', () => {
    const names = [...operations, ...events].map(({ name }) => name);
    expect(names.filter((name) => !/^[a-z]+\.[a-z][a-zA-Z]+$/.test(name))).toEqual([]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});

describe('policies', () => {
  /** What a policy and what asks it may not do: `policy.ts` answers verdicts, `authorize` alone throws them and asks for the audit row. */
  const faults = (path: string, text: string): readonly string[] => {
    const isPolicy = path.endsWith('/policy.ts');
    return [
      ...(isPolicy && /\bthrow\b|\bauthorize\b|kernel\/errors\.ts'/.test(text) ? [`${path} throws; it answers a verdict`] : []),
      ...(!isPolicy && /\bforbidden\(|'forbidden'/.test(text) ? [`${path} refuses by itself; its policy does`] : []),
      ...(/\brequireAudit\b/.test(text) ? [`${path} asks for the audit row; a policy answers allow-as-admin`] : []),
    ];
  };

  test('answer verdicts, and nothing else in a module says who may', () => {
    const files = filesOf(['src/modules'], (path) => path.endsWith('.ts') && !isTest(path) && !path.includes('/suite/'));
    expect(files.filter((path) => path.endsWith('/policy.ts')).length).toBeGreaterThan(1);
    expect(files.flatMap((path) => faults(path, textOf(path)))).toEqual([]);
  });

  test('that throw, and operations that refuse or ask for the audit row, are noticed', () => {
    expect(faults('src/modules/chat/policy.ts', "import { AppError } from '../../kernel/errors.ts';")).toHaveLength(1);
    expect(faults('src/modules/chat/policy.ts', 'throw new Refused();')).toHaveLength(1);
    expect(faults('src/modules/chat/operations/a.ts', "throw new AppError('forbidden');")).toHaveLength(1);
    expect(faults('src/modules/chat/operations/a.ts', 'requireAudit(context);')).toHaveLength(1);
    expect(faults('src/modules/chat/policy.ts', "const no = forbid('No.');")).toEqual([]);
  });
});

describe('subscribers', () => {
  test('each have a test of their name', () => {
    const files = filesOf(['src/modules'], (path) => path.includes('/subscribers/'));
    const stems = files.filter((path) => !isTest(path)).map((path) => path.slice(0, -'.ts'.length));
    expect(stems.length).toBeGreaterThan(4);
    expect(stems.filter((stem) => !files.includes(`${stem}.test.ts`) && !files.includes(`${stem}.contract.test.ts`))).toEqual([]);
  });
});

describe('ports', () => {
  const suites = filesOf(['src', 'client'], (path) => path.endsWith('.suite.ts') && !path.includes('/suite/'));

  /** Suites of a face that is made of several ports. */
  const faces: Readonly<Record<string, string>> = { MessageStore: 'ChatStore' };

  /** Files that offer the port of a suite, beside it or in any folder of infra; each needs a test of its own that calls the suite. */
  const adaptersOf = (suite: string): readonly string[] => {
    const directory = suite.slice(0, suite.lastIndexOf('/') + 1);
    const isNear = (path: string): boolean =>
      /^src\/(kernel|infra)\//.test(suite)
        ? path.startsWith('src/infra/')
        : path.startsWith(directory) && !path.slice(directory.length).includes('/');
    const named = pascal(suite.slice(directory.length, -'.suite.ts'.length));
    const port = faces[named] ?? named;
    const offers = new RegExp(`implements [^{]*\\b${port}\\b|\\): (Promise<)?${port}\\b`);
    return code.filter((path) => isNear(path) && !isTest(path) && offers.test(textOf(path)));
  };

  test('have a suite that the test of every adapter calls', () => {
    expect(suites.length).toBeGreaterThan(3);
    const faults = suites.flatMap((suite) => {
      const [, name = ''] = /export function (\w+Suite)\b/.exec(textOf(suite)) ?? [];
      const callers = code.filter((path) => /\.test\.tsx?$/.test(path) && new RegExp(`\\b${name}\\(`).test(textOf(path)));
      const adapters = adaptersOf(suite);
      const untested = adapters.filter((path) => {
        const stem = path.replace(/\.ts$/, '');
        return !callers.some((caller) => caller === `${stem}.test.ts` || caller === `${stem}.contract.test.ts`);
      });
      return [
        ...(name === '' ? [`${suite} exports no suite`] : []),
        ...(adapters.length === 0 ? [`${suite} stands beside no adapter of its port`] : []),
        ...(callers.length === 0 ? [`${suite} is called by no test`] : []),
        ...untested.map((path) => `the test of ${path} does not call ${name}`),
      ];
    });
    expect(faults).toEqual([]);
  });

  test('of a file the parts of a suite are called by the suite', () => {
    const parts = filesOf(['src'], (path) => path.includes('/suite/') && path.endsWith('.suite.ts'));
    const wholes = suites.map(textOf).join('\n');
    const names = parts.flatMap((path) => /export function (\w+Suite)\b/.exec(textOf(path))?.[1] ?? []);
    expect(parts.length).toBeGreaterThan(5);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\(`).test(wholes))).toEqual([]);
  });
});

describe('files', () => {
  test('are at most 350 lines long', () => {
    expect(code.length).toBeGreaterThan(300);
    const lengths = code.map((path) => [path, textOf(path).split('\n').length - 1] as const);
    expect(lengths.filter(([, lines]) => lines > longest)).toEqual([]);
  });

  test('name the key of each log line as text, by which admins search', () => {
    const unnamed = (text: string): boolean => /\.(debug|info|warn|error)\([^{};]*\{\s*event\s*[,}]/s.test(text);
    expect(unnamed("logger.error('could not be taken', { event, subscriber });")).toBe(true);
    expect(unnamed("logger.error('could not be taken', { event: 'rabbit.event_malformed', subscriber });")).toBe(false);
    expect(code.filter((path) => path.startsWith('src/') && unnamed(textOf(path)))).toEqual([]);
  });

  test('leave nothing for later', () => {
    const marks = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);
    expect(code.filter((path) => marks.test(textOf(path)))).toEqual([]);
  });

  test('of every module begin with its README', () => {
    const modules = [...new Set(filesOf(['src/modules']).map((path) => path.split('/').slice(0, 3).join('/')))];
    const readmes = new Set(filesOf(['src/modules'], (path) => path.endsWith('README.md')));
    expect(modules.length).toBeGreaterThan(3);
    expect(modules.filter((module) => !readmes.has(`${module}/README.md`))).toEqual([]);
  });
});
