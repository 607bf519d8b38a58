import { describe, expect, test } from '@jest/globals';
import { events } from '../../src/contracts/registry.ts';
import { filesOf, textOf } from './files.ts';

const most = 10;

interface Port {
  readonly name: string;
  readonly methods: number;
}

/** The interfaces of a `ports.ts`, or of one that is named for its ports, that have methods of their own. */
function portsIn(text: string): readonly Port[] {
  return Array.from(text.matchAll(/^export interface (\w+)[^{]*\{\n(.*?)^\}/gms), ([, name = '', body = '']) => ({
    name,
    methods: [...body.matchAll(/^ {2}\w+\??(<[^>]*>)?\(/gm)].length,
  })).filter(({ methods }) => methods > 0);
}

const modules = filesOf(['src/modules'], (path) => /^src\/modules\/\w+\/README\.md$/.test(path)).map((path) =>
  path.slice(0, -'/README.md'.length),
);
const portFiles = filesOf(['src/modules'], (path) => /\/(?:[a-z]+-)?ports\.ts$/.test(path));
const ports = new Map(
  modules.map((module) => [module, portFiles.filter((path) => path.startsWith(`${module}/`)).flatMap((path) => portsIn(textOf(path)))]),
);

describe('ports', () => {
  test('have ten methods at most', () => {
    expect([...ports.values()].flat().length).toBeGreaterThan(10);
    expect([...ports.values()].flat().filter(({ methods }) => methods > most)).toEqual([]);
  });

  test('are read with all their methods', () => {
    const text = [
      'export interface Shelf {',
      '  /** put() */',
      '  put(book: { a(): void }): void;',
      '  take<T>(id: T): T;',
      '  readonly size: number;',
      '}',
      '',
    ].join('\n');
    expect(portsIn(text)).toEqual([{ name: 'Shelf', methods: 2 }]);
  });
});

/** The ports of a module and the events that it publishes, as its page names them. */
function namesOf(module: string): readonly string[] {
  const area = module.slice('src/modules/'.length);
  const published = events.filter(({ name }) => name.startsWith(`${area}.`)).map(({ name }) => name.slice(area.length + 1));
  return [...(ports.get(module) ?? []).map(({ name }) => name), ...published];
}

describe('the page of a module', () => {
  test.each(modules)('%s names its ports and what it publishes', (module) => {
    const page = textOf(`${module}/README.md`);
    expect(namesOf(module).filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
  });

  test('has something to name', () => {
    expect(modules.flatMap(namesOf).length).toBeGreaterThan(30);
  });
});
