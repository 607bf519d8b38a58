import type { PgDatabase } from '../../../../../../infra/postgres/pg-database.ts';
import { readingVersion } from '../../../../domain/reading.ts';
import { silentLogger } from '../../../../../../kernel/telemetry/logger.ts';
import { idFromNow } from '../../../../domain/id-bounds.ts';
import { formerIndexTermsOf } from '../../../../domain/index-terms.ts';
import { IndexBench } from './index.fixture.ts';
import type { IndexStore } from './index-store.ts';
import { IndexWorker } from './index-worker.ts';
import { blockSize } from './numbering.ts';
import { Rereader } from './rereader.ts';
import { RereadStore } from './reread-store.ts';

let bench: IndexBench;
let database: PgDatabase;
let store: IndexStore;

beforeEach(async () => {
  bench = await IndexBench.open();
  ({ database, store } = bench);
});
afterEach(() => bench.close());

const say = (text: string, messageId?: string): Promise<string> => bench.say(text, messageId);
const find = (q: string): Promise<string[]> => bench.find(q);

/** As the version before does: it takes other words, and leaves the columns alone that it does not know. */
async function indexAsBefore(): Promise<void> {
  const blocks = await database.query<{ block: number; read_docs: number; reading: number }>('SELECT * FROM chat.search_blocks');
  await new IndexWorker({ store, logger: silentLogger, termsOf: formerIndexTermsOf }).catchUp();
  await database.query('UPDATE chat.search_blocks SET reading = 0, read_docs = 0');
  for (const { block, read_docs, reading } of blocks)
    await database.query('UPDATE chat.search_blocks SET reading = $2, read_docs = $3 WHERE block = $1', [block, reading, read_docs]);
}
const left: number[] = [];
const newRereader = (logger = silentLogger) =>
  new Rereader({ store: new RereadStore(database), logger, left: (messages) => left.push(messages) });
const catchUp = () => new IndexWorker({ store, logger: silentLogger, rereader: newRereader() }).catchUp();
const texts = ['please _review_ the café', 'snake_case of Łukasz'];

test('what the version before indexed is found by its words meanwhile, and by what a reader sees once it is read again', async () => {
  for (const text of texts) await say(text);
  await indexAsBefore();
  expect([await find('café'), await find('snake_case'), await find('cafe')]).toEqual([[texts[0]], [texts[1]], []]);
  await catchUp();
  const found = await Promise.all(['café', 'cafe', 'review', '"review the cafe"', 'case', 'snake_case', 'lukasz'].map(find));
  expect(found).toEqual([[texts[0]], [texts[0]], [texts[0]], [texts[0]], [texts[1]], [texts[1]], [texts[1]]]);
});

test('reading again goes on where another node was killed, and says how far it is', async () => {
  for (let n = 0; n < 6; n++) await say(`_zebra_ ${String(n)}`);
  await indexAsBefore();
  left.length = 0;
  expect(await new RereadStore(database).left()).toBe(6);
  const events: unknown[] = [];
  const logger = { ...silentLogger, info: (_: string, more?: object) => void events.push(more) };
  const killed = newRereader(logger);
  for (let steps = 0; steps < 3; steps++) await killed.step(await store.state(idFromNow(0)), 1);
  expect(await database.query('SELECT reread_place AS place FROM chat.search_blocks')).toEqual([{ place: blockSize - 3 }]);
  expect(await find('zebras')).toHaveLength(3);
  const next = newRereader(logger);
  while (await next.step(await store.state(idFromNow(0)), 2));
  expect(await find('zebras')).toHaveLength(6);
  expect(await database.query(`SELECT count(*)::int AS n FROM chat.search_postings WHERE term = 's:zebra'`)).toEqual([{ n: 5 }]);
  expect([left[0], left.at(-1), await new RereadStore(database).left()]).toEqual([6, 0, 0]);
  expect(events).toEqual([
    { event: 'search.rereading', reading: readingVersion, blocksLeft: 1 },
    { event: 'search.rereading', reading: readingVersion, blocksLeft: 1 },
    { event: 'search.reread', reading: readingVersion, blocksLeft: 0 },
  ]);
});

test('what the version before adds beside this one is read again too', async () => {
  await say('_first_ one');
  await catchUp();
  await say('_second_ one');
  await indexAsBefore();
  expect([await find('first'), await find('second'), await find('_second_')]).toEqual([['_first_ one'], [], ['_second_ one']]);
  await catchUp();
  expect(await find('second')).toEqual(['_second_ one']);
});

test('nothing is read again that this version indexed', async () => {
  for (const text of texts) await say(text);
  await new IndexWorker({ store, logger: silentLogger }).catchUp();
  expect(await newRereader().step(await store.state(idFromNow(0)), 512)).toBe(false);
  expect(await find('review')).toEqual([texts[0]]);
});

test('a step that another node was faster than writes nothing', async () => {
  for (const text of texts) await say(text);
  await indexAsBefore();
  const paused = await store.state(idFromNow(0));
  await catchUp();
  await newRereader().step(paused, 512);
  const doubled = await database.query(`SELECT term FROM chat.search_postings WHERE term = 's:review' OFFSET 1`);
  expect(doubled).toEqual([]);
});

test('a message that cannot be read again keeps no other from it', async () => {
  await database.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON chat.search_postings FOR EACH ROW WHEN (NEW.term = 's:poison') EXECUTE FUNCTION refuse()`);
  for (let n = 0; n < 9; n++) await say(n === 4 ? '_poison_' : `_zebra_ ${String(n)}`);
  await indexAsBefore();
  await catchUp();
  expect(await find('zebra')).toHaveLength(8);
});
