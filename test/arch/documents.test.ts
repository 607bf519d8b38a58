import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { sections } from '../../src/host/config.ts';
import { readVariables } from '../../src/host/environment.ts';
import { en } from '../../web/src/shared/i18n/en.ts';
import { root } from './cruise.ts';
import { filesOf, textOf } from './files.ts';

const pages = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'client/README.md'],
  ...filesOf(['docs', 'src'], (path) => path.endsWith('.md')),
];

/** Targets of links and pictures that are not on the web, without the anchor. */
const targetsOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/\]\(([^)#\s]+)/g)].map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target));

/** A text of the catalogue with anything in place of its placeholders. */
const patternOf = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+')}$`);

describe('the documents', () => {
  test.each(pages)('%s links to what is there', (page) => {
    expect(targetsOf(page).filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  test('name every package with its reason', () => {
    const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Record<string, Record<string, string>>;
    const reasons = textOf('docs/adr/0009-packages.md');
    const named = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@types/'));
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !new RegExp(`(^|[^\\w@/-])${name}($|[^\\w/-])`, 'm').test(reasons))).toEqual([]);
  });

  test('explain every variable that the configuration reads, and no other', () => {
    const read = new Set(readVariables(sections, {}).map(({ variable }) => variable.name));
    const explained = new Set([...textOf('docs/operations.md').matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map(([, name]) => name));
    expect(read.size).toBeGreaterThan(15);
    expect([...explained].sort()).toEqual([...read].sort());
  });

  test('show the bot that is run', () => {
    const bot = textOf('client/examples/echo-bot.ts');
    for (const page of ['README.md', 'client/README.md']) expect(textOf(page)).toContain(bot.trimEnd());
  });

  test('name the texts of the page as they are', () => {
    const texts = Object.values<string | { one: string; other: string }>(en).flatMap((text) =>
      typeof text === 'string' ? [text] : Object.values(text),
    );
    const table = textOf('web/README.md').split('## Accessible names')[1] ?? '';
    const named = [...table.matchAll(/\*([^*|]+)\*/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((name) => !texts.some((text) => text.startsWith(name) || patternOf(text).test(name)))).toEqual([]);
  });

  test('name only metrics that are counted', () => {
    const counted = filesOf(['src'], (path) => path.endsWith('.ts'))
      .map(textOf)
      .join('\n');
    const named = [...textOf('docs/operations.md').matchAll(/`(confab_\w+)`/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !counted.includes(`'${name}'`))).toEqual([]);
  });
});
