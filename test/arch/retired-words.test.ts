import { readFileSync } from 'node:fs';
import { filesOf } from './files.ts';

/** Words that were names of parts once. The terms that took their place stand in docs/architecture.md, section Words. */
const retired = new Set(
  ['house', 'household', 'residence', 'wicket', 'steward', 'watchman', 'doorway', 'door', 'porch', 'shore', 'tenant']
    .concat(['regroup', 'regrouping', 'turnstile', 'troupe', 'insister', 'lot'])
    // What happened is an event, which is published and received.
    .concat(['fact', 'told', 'tell', 'hear', 'heard'])
    .flatMap((word) => [word, `${word}s`]),
);

/**
 * Names of columns, of fields of documents, of kinds of signed messages, and of queues, exchanges and metrics of RabbitMQ stay as they are:
 * processes of versions N and N+1 run together. Texts for people may use a word in its everyday meaning.
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
  'src/modules/chat/adapters/message-store/mongo/changes.ts': ['facts'],
  'src/modules/chat/adapters/message-store/mongo/collections.ts': ['facts', 'told'],
  'src/modules/chat/adapters/message-store/mongo/documents.ts': ['fact', 'facts', 'told'],
  'src/modules/chat/adapters/message-store/mongo/mongo-outbox.ts': ['fact', 'facts', 'told'],
  'src/modules/chat/adapters/message-store/mongo/pending-writes.ts': ['facts'],
  'test/harness/rabbit.ts': ['facts'],
  'test/topology/promote-mongo.test.ts': ['facts'],
  'test/topology/split-faults.test.ts': ['fact'],
  'docs/operations.md': ['fact', 'facts'],
  'test/e2e/full-disk.test.ts': ['tell'],
  'web/src/shared/i18n/en/chat.ts': ['tell'],
  'web/src/shared/i18n/en/failures.ts': ['tell'],
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
  ['heardOf(facts), toldAt', ['heard', 'facts', 'told']],
  ['outdoors, warehouse, greenhouse', []],
])('%j holds %j', (text, expected) => {
  expect(wordsOf(text).filter((word) => retired.has(word))).toEqual(expected);
});

test('no file uses a retired word, in its name or its text', () => {
  const misused = files.flatMap((path) => {
    const words = new Set(wordsOf(`${path}\n${readFileSync(path, 'utf8')}`));
    const found = [...words].filter((word) => retired.has(word));
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
