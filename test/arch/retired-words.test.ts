import { readFileSync } from 'node:fs';
import { filesOf } from './files.ts';

/** Words that were names of parts once. The terms that took their place stand in docs/architecture.md, section Words. */
const retired = new Set(
  ['house', 'household', 'residence', 'wicket', 'steward', 'watchman', 'doorway', 'door', 'porch', 'shore', 'tenant']
    .concat(['regroup', 'regrouping', 'turnstile', 'troupe', 'insister'])
    .flatMap((word) => [word, `${word}s`]),
);
/** A column of the audit log and the fields that logs may show keep a name that stored rows have. */
const kept: Readonly<Record<string, readonly string[]>> = {
  'src/infra/postgres/postgres-audit.ts': ['door'],
  'src/kernel/telemetry/redaction.ts': ['door'],
  'test/arch/retired-words.test.ts': [...retired],
};

const files = filesOf(['src', 'client', 'web', 'bench', 'test', 'scripts', 'docs'], (path) => /\.(tsx?|mjs|md)$/.test(path)).filter(
  (path) => !path.startsWith('docs/adr/'),
);

const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);

test.each([
  ['openTestHouse(houses)', ['house', 'houses']],
  ['src/host/wicket-path.ts', ['wicket']],
  ['The doors: HTTP and socket.', ['doors']],
  ['outdoors, warehouse, greenhouse', []],
])('%j holds %j', (text, expected) => {
  expect(wordsOf(text).filter((word) => retired.has(word))).toEqual(expected);
});

test('no file uses a retired word, in its name or its text', () => {
  const found = files.flatMap((path) => {
    const words = new Set(wordsOf(`${path}\n${readFileSync(path, 'utf8')}`));
    return [...words].filter((word) => retired.has(word) && !(kept[path] ?? []).includes(word)).map((word) => `${path}: ${word}`);
  });
  expect(found).toEqual([]);
});
