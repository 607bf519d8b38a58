import type { PgDatabase } from '../../../../../../infra/postgres/pg-database.ts';
import { silentLogger } from '../../../../../../kernel/telemetry/logger.ts';
import { indexTermsOf } from '../../../../domain/index-terms.ts';
import { queryOf } from '../../../../domain/terms.ts';
import { greatestId, idAt } from '../../../../domain/id-bounds.ts';
import { IndexBench } from './index.fixture.ts';
import { IndexStore } from './index-store.ts';
import { IndexWorker } from './index-worker.ts';
import { blockSize, firstNew } from './numbering.ts';
import { IndexReader } from './reader.ts';
import { build } from './step.ts';
import { Walk } from './walk.ts';

let bench: IndexBench;
let database: PgDatabase;
let store: IndexStore;
let ana: string;
let id: string;

beforeEach(async () => {
  bench = await IndexBench.open();
  ({ database, store, ana, id } = bench);
});
afterEach(() => bench.close());

const say = (text: string, messageId?: string): Promise<string> => bench.say(text, messageId);
const find = (q: string): Promise<string[]> => bench.find(q);

const worker = (more: Partial<ConstructorParameters<typeof IndexWorker>[0]> = {}) =>
  new IndexWorker({ store, logger: silentLogger, ...more });

const indexed = async (): Promise<number> =>
  (await database.query<{ count: number }>('SELECT count(*) AS count FROM chat.search_docs'))[0]?.count ?? 0;

test('a text that cannot be taken apart is passed over and named, and the others are found', async () => {
  const reported: object[] = [];
  const logger = { ...silentLogger, error: (_: string, more?: object) => void reported.push(more ?? {}) };
  const termsOf = (text: string) => {
    if (text.includes('poison')) throw new RangeError('too much for a stemmer');
    return indexTermsOf(text);
  };
  await worker().catchUp();
  await say('zebra one');
  const bad = await say('poison zebra');
  await say('zebra two');
  await worker({ logger, termsOf }).catchUp();
  expect(await find('zebras')).toEqual(['zebra two', 'zebra one']);
  expect(await store.passed(10)).toMatchObject({
    count: 1,
    items: [{ messageId: bad, conversationId: id, reason: 'RangeError: too much for a stemmer' }],
  });
  expect(reported).toEqual([
    { event: 'search.message_passed', messageId: bad, conversationId: id, reason: 'RangeError: too much for a stemmer' },
  ]);
});

test('a message that the database refuses to index is found by halving, and passed over alone', async () => {
  await database.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON chat.search_postings FOR EACH ROW WHEN (NEW.term LIKE 's:poison%') EXECUTE FUNCTION refuse()`);
  for (let n = 0; n < 21; n++) await say(n === 13 ? 'poison' : `zebra ${String(n)}`);
  await worker().catchUp();
  expect((await find('zebra')).length).toBe(20);
  expect(await store.passed(10)).toMatchObject({ count: 1 });
});

test('a step takes few letters, however long the messages are', async () => {
  const ids = [];
  for (let n = 0; n < 12; n++) ids.push(await say('слово '.repeat(2_600)));
  const { lastId } = await store.state(idAt(0));
  const step = await store.newer(lastId, greatestId, 500);
  expect(step.length).toBeLessThan(4);
  expect(step.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(65_536);
  await worker().catchUp();
  expect(await indexed()).toBe(ids.length);
});

test('a message has few terms, whatever its text', () => {
  const letters = Array.from({ length: 16_000 }, (_, index) => String.fromCharCode(0x4e00 + ((index * 7_919) % 20_000))).join('');
  const words = Array.from({ length: 4_000 }, (_, index) => index.toString(36)).join(' ');
  for (const text of [letters, words]) {
    expect(indexTermsOf(text).length).toBe(2_000);
    expect(indexTermsOf(text)).toContain('o:');
  }
});

test('two workers index each message once, and what a paused one writes afterwards is not written', async () => {
  for (let n = 0; n < 5; n++) await say(`before ${String(n)}`);
  const paused = await store.state(idAt(Date.now()));
  for (let n = 0; n < 5; n++) await say(`zebra ${String(n)}`);
  await Promise.all([worker().catchUp(), worker().catchUp()]);
  expect(await indexed()).toBe(10);
  const late = await store.newer(paused.lastId, greatestId, 500);
  const docs = late.map((message, index) => ({ doc: paused.nextDoc + index, message }));
  expect(await store.write(paused, paused, { ...(await build(docs)), marks: [] })).toBeNull();
  expect(await indexed()).toBe(10);
});

test('a worker goes on where another was killed, once its lease is over', async () => {
  await say('zebra one');
  await worker().catchUp();
  await say('zebra two');
  const next = worker();
  await next.catchUp();
  expect(await find('zebra')).toEqual(['zebra two', 'zebra one']);
  expect(await indexed()).toBe(2);
});

test('ids out of order, from a wrong clock or of another kind, come into the index and in their order', async () => {
  await say('zebra now');
  await worker().catchUp();
  await say('zebra old', '01800000-0000-7000-8000-000000000000');
  await say('zebra future', '0fffffff-0000-7000-8000-000000000000');
  await say('zebra other', 'f47ac10b-58cc-4372-a567-0e02b2c3d479');
  await say('zebra new');
  for (let round = 0; round < 2; round++) {
    expect(await find('zebra')).toEqual(['zebra other', 'zebra future', 'zebra new', 'zebra now', 'zebra old']);
    await worker().catchUp();
  }
  expect(await indexed()).toBe(5);
});

test('results run over the border of two blocks, in order and with their phrases', async () => {
  await worker().catchUp();
  await database.query('UPDATE chat.search_state SET next_doc = $1', [firstNew + blockSize - 3]);
  for (let n = 0; n < 6; n++) await say(`a good morning ${String(n)}`);
  await worker().catchUp();
  expect(await find('"good morning"')).toEqual([5, 4, 3, 2, 1, 0].map((n) => `a good morning ${String(n)}`));
});

test('rows of a block that are put together are found as before', async () => {
  await worker().catchUp();
  for (let n = 0; n < 12; n++) {
    await say(`zebra ${String(n)}`);
    await worker().catchUp();
  }
  const before = await find('zebra');
  await database.query('UPDATE chat.search_blocks SET parts = 128');
  await worker().catchUp();
  expect(await store.toMerge()).toBeNull();
  const rows = await database.query(`SELECT length(docs) AS length FROM chat.search_postings WHERE term = 's:zebra'`);
  expect(rows).toEqual([{ length: 24 }]);
  expect(await find('zebra')).toEqual(before);
});

test('rows are put together a few at a time, and are found in between', async () => {
  await worker().catchUp();
  for (let n = 0; n < 10; n++) {
    await say(`zebra giraffe ${'abcdefghij'.charAt(n)}`);
    await worker().catchUp();
  }
  await database.query('UPDATE chat.search_blocks SET parts = 128');
  const before = await find('zebra');
  let slices = 0;
  for (let merging = await store.toMerge(); merging; merging = await store.merge(merging, 12), slices++)
    expect(await find('zebra giraffe')).toEqual(before);
  expect(slices).toBeGreaterThan(5);
  expect(await find('zebra giraffe')).toEqual(before);
  expect(await database.query(`SELECT 1 AS one FROM chat.search_postings WHERE term IN ('s:zebra', 's:giraff')`)).toHaveLength(2);
});

test.each(['low', 'medium', 'high'] as const)(
  'a worker at %s load indexes, in small steps, all that was said and changed',
  async (load) => {
    const steps: number[] = [];
    class Counted extends IndexStore {
      override async newer(...asked: Parameters<IndexStore['newer']>) {
        const found = await super.newer(...asked);
        steps.push(found.length);
        return found;
      }
    }
    const busy = worker({ store: new Counted(database), writeLoad: () => load });
    await busy.catchUp();
    for (let n = 0; n < 70; n++) await say(`zebra ${String(n)}`);
    await busy.catchUp();
    expect(Math.max(...steps)).toBe({ low: 70, medium: 32, high: 16 }[load]);
    expect(await indexed()).toBe(70);
    await database.query(`UPDATE chat.messages SET text = 'giraffe', edited_at = now(), rev = 71 WHERE seq = 7`);
    await database.query('UPDATE chat.conversations SET rev = 71');
    await busy.catchUp();
    expect(await database.query('SELECT 1 FROM chat.search_docs WHERE doc >= 2199023255552')).toHaveLength(1);
    expect(await find('giraffe')).toEqual(['giraffe']);
  },
);

test('a search whose time is over answers with what the tail has, and where it came to in the index', async () => {
  for (let n = 0; n < 5; n++) await say(`zebra ${String(n)}`);
  await worker().catchUp();
  await say('zebra fresh');
  const asked = { userId: ana, query: { ...queryOf('zebra'), limit: 50 } };
  const found = await new Walk(new IndexReader(database), asked, performance.now()).run();
  expect(found.isPartial).toBe(true);
  expect(found.messages.map(({ text }) => text)).toEqual(['zebra fresh', 'zebra 4']);
  const next = { ...asked, query: { ...asked.query, beforeId: found.continuesBefore ?? '' } };
  const rest = await new Walk(new IndexReader(database), next, performance.now() + 10_000).run();
  expect(rest.messages.map(({ text }) => text)).toEqual([3, 2, 1, 0].map((n) => `zebra ${String(n)}`));
});

test('until what was there before is indexed, the index of the version before answers for it', async () => {
  await say('zebra old');
  await database.query(
    `INSERT INTO chat.message_terms (message_id, conversation_id, rev, terms)
     SELECT id, conversation_id, rev, array_to_tsvector(ARRAY['w:zebra', 's:zebra', 'w:old', 's:old']) FROM chat.messages`,
  );
  await store.state(idAt(Date.now() + 1));
  await database.query('INSERT INTO chat.search_marks SELECT id, rev FROM chat.conversations');
  expect(await find('zebra')).toEqual(['zebra old']);
  await database.query('TRUNCATE chat.message_terms');
  expect(await find('zebra')).toEqual([]);
  await worker().catchUp();
  expect(await find('zebra')).toEqual(['zebra old']);
});
