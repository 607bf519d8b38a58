import { createTestMongo, type TestMongo } from '../../../../../../test/harness/mongo.ts';
import { wholeAnswer } from '../../../../../../test/harness/whole-answer.ts';
import { requireService } from '../../../../../../test/harness/services.ts';
import { type Clock, hours, systemClock } from '../../../../../kernel/clock.ts';
import type { MongoDatabase } from '../../../../../infra/mongo/mongo-database.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { silentLogger } from '../../../../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../../../../infra/telemetry/prometheus-metrics.ts';
import { queryOf } from '../../../domain/terms.ts';
import { messageCreated } from '../../../events.ts';
import type { ChatStore } from '../../../ports.ts';
import { mongoStore } from '../mongo.ts';
import { asEdit } from '../suite/changes.ts';
import { gaugeOfRereading } from '../meter.ts';
import { opened, said } from '../suite/store-under-test.ts';
import { type Collections, collectionsOf, prepare } from './collections.ts';
import { Rereading } from './rereading.ts';

const muchLater: Clock = { ...systemClock, now: () => systemClock.now() + hours(1) };

requireService('mongodb').describe('what was indexed in a former way', (url) => {
  let made: TestMongo;
  let mongo: MongoDatabase;
  let collections: Collections;
  let store: ChatStore;
  let ana: string;
  let id: string;

  beforeAll(async () => {
    made = createTestMongo(url);
    mongo = await made.open();
    collections = collectionsOf(mongo);
    await prepare(collections);
  });
  beforeEach(async () => {
    await collections.rereading.remove({});
    const delivery = { relays: true, deliver: () => Promise.resolve() };
    store = mongoStore({ mongo, delivery, clock: systemClock, metrics: createMetrics(), logger: silentLogger, created: messageCreated });
    ana = newId();
    id = await opened(store, ana);
  });
  afterEach(() => store.stop());
  afterAll(async () => {
    await mongo.close();
    await made.drop();
  });

  const rereading = (clock = systemClock) => new Rereading(collections, { clock, logger: silentLogger });
  /** As the version before writes it. */
  async function sayAsBefore(text: string, terms: readonly string[]): Promise<void> {
    const { id: messageId } = await said(store, id, ana, { text });
    await collections.messages.update({ _id: messageId }, { $set: { terms } });
  }
  const find = async (q: string): Promise<string[]> =>
    (await wholeAnswer(() => store.index.search(ana, { ...queryOf(q), limit: 50 }))).messages.map(({ text }) => text);

  test('is read again a few messages at a time, and all of them in the end', async () => {
    await collections.messages.remove({});
    for (let n = 0; n < 70; n++) await sayAsBefore('café', ['w:café', 's:café']);
    const read = async (): Promise<number> => (await collections.messages.find({ terms: 'w:cafe' }, { limit: 100 })).length;
    await rereading().step();
    expect(await read()).toBe(64);
    await rereading(muchLater).catchUp();
    expect(await read()).toBe(70);
  });

  test('is found by its words meanwhile, and by what a reader sees once it is read again', async () => {
    await sayAsBefore('the _review_ of café', ['w:the', 's:the', 'w:_review_', 's:_review_', 'w:of', 's:of', 'w:café', 's:café']);
    expect([await find('café'), await find('_review_'), await find('cafe'), await find('review')].map(({ length }) => length)).toEqual([
      1, 1, 0, 0,
    ]);
    await rereading().catchUp();
    for (const q of ['café', 'cafe', 'review', '_review_', '"review of cafe"']) expect([q, (await find(q)).length]).toEqual([q, 1]);
  });

  test('is read again by one node at a time, and by another one where that was killed', async () => {
    for (let n = 0; n < 3; n++) await sayAsBefore(`_zebra_ ${String(n)}`, ['w:_zebra_']);
    const killed = rereading();
    expect(await killed.step()).toBe('more');
    const next = rereading();
    expect(await next.step()).toBe('not mine');
    const later = rereading(muchLater);
    await later.catchUp();
    expect(await find('zebras')).toHaveLength(3);
  });

  test('is counted for operators and admins, and less of it is left with each step, also on another node', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, n) => sayAsBefore(`_lion_ ${String(n)}`, ['w:_lion_'])));
    const [metrics, messages] = [createMetrics(), await collections.messages.keptCount()];
    const killed = new Rereading(collections, { clock: systemClock, logger: silentLogger, left: gaugeOfRereading(metrics) });
    expect(await store.index.toReindex()).toBe(0);
    await killed.step();
    expect(await store.index.toReindex()).toBe(messages - 64);
    expect((await metrics.expose()).body).toContain(`confab_search_messages_to_reindex ${String(messages - 64)}`);
    const later = rereading(muchLater);
    await later.step();
    expect(await store.index.toReindex()).toBeLessThan(messages - 64);
    await later.catchUp();
    expect(await store.index.toReindex()).toBe(0);
  });

  test('beside this version is read again at the next start', async () => {
    await rereading().catchUp();
    await sayAsBefore('_giraffe_', ['w:_giraffe_']);
    expect(await find('giraffe')).toEqual([]);
    await rereading(muchLater).catchUp();
    expect(await find('giraffe')).toEqual(['_giraffe_']);
  });

  test('keeps the terms of an edit that comes meanwhile', async () => {
    const sent = await said(store, id, ana, { text: '_elephant_' });
    await collections.messages.update({ _id: sent.id }, { $set: { terms: ['w:_elephant_'] } });
    await store.messages.change(sent, ana, () => asEdit({ text: '_hippo_', mentions: [] }));
    await rereading().catchUp();
    expect([await find('elephant'), await find('hippo')]).toEqual([[], ['_hippo_']]);
  });
});
