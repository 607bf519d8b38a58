import { readFileSync } from 'node:fs';
import { filesOf } from './files.ts';

/** Words that were names of parts once. The terms that took their place stand in docs/architecture.md, section Words. */
const retired = new Set(
  ['house', 'household', 'residence', 'wicket', 'steward', 'watchman', 'doorway', 'door', 'porch', 'shore', 'tenant']
    .concat(['regroup', 'regrouping', 'turnstile', 'troupe', 'insister'])
    .flatMap((word) => [word, `${word}s`]),
);

/** What happened is a domain event, published and received: in the folders that carry events these words would be a second name for it. */
const retiredWhereEventsPass = new Set([...retired, 'fact', 'facts', 'told', 'tell', 'tells', 'hear', 'hears', 'heard']);
const eventFolders = ['src/kernel/', 'src/infra/', 'src/gateway/', 'src/host/'];

/**
 * Names of columns, of kinds of signed messages, and of queues, exchanges and metrics of RabbitMQ stay as they are: processes of versions N
 * and N+1 run together.
 */
const kept: Readonly<Record<string, readonly string[]>> = {
  'src/infra/postgres/postgres-audit.ts': ['door'],
  'src/infra/postgres/postgres-deliveries.ts': ['fact'],
  'src/infra/cluster/auth/signatures.ts': ['fact'],
  'src/infra/cluster/auth/message-auth.test.ts': ['fact'],
  'src/infra/cluster/wire.suite.ts': ['fact'],
  'src/infra/rabbit/event-consumers.ts': ['fact'],
  'src/infra/rabbit/event-publisher.ts': ['fact', 'facts'],
  'src/infra/rabbit/rabbit-away.contract.test.ts': ['facts'],
  'src/infra/rabbit/rabbit-hostile.contract.test.ts': ['fact', 'facts'],
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

const retiredAt = (path: string): ReadonlySet<string> =>
  eventFolders.some((folder) => path.startsWith(folder)) ? retiredWhereEventsPass : retired;

test.each([
  ['openTestHouse(houses)', ['house', 'houses']],
  ['src/host/wicket-path.ts', ['wicket']],
  ['The doors: HTTP and socket.', ['doors']],
  ['outdoors, warehouse, greenhouse', []],
])('%j holds %j', (text, expected) => {
  expect(wordsOf(text).filter((word) => retired.has(word))).toEqual(expected);
});

test.each([
  ['src/infra/rabbit/event-publisher.ts', true],
  ['src/modules/chat/policy.ts', false],
])('heardOf and facts in %s are misused: %j', (path, isMisused) => {
  expect(wordsOf('heardOf(facts)').some((word) => retiredAt(path).has(word))).toBe(isMisused);
});

test('no file uses a retired word, in its name or its text', () => {
  const misused = files.flatMap((path) => {
    const words = new Set(wordsOf(`${path}\n${readFileSync(path, 'utf8')}`));
    const found = [...words].filter((word) => retiredAt(path).has(word));
    return found.filter((word) => !(kept[path] ?? []).includes(word)).map((word) => `${path}: ${word}`);
  });
  expect(misused).toEqual([]);
});

test('a word that is kept in a file is there', () => {
  const gone = Object.entries(kept).flatMap(([path, words]) => {
    const present = new Set(wordsOf(readFileSync(path, 'utf8')));
    return words.filter((word) => path !== 'test/arch/retired-words.test.ts' && !present.has(word)).map((word) => `${path}: ${word}`);
  });
  expect(gone).toEqual([]);
});
