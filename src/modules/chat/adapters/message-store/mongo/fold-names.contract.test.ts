import { createTestMongo, type TestMongo } from '../../../../../../test/harness/mongo.ts';
import { requireService } from '../../../../../../test/harness/services.ts';
import { systemClock } from '../../../../../kernel/clock.ts';
import type { MongoDatabase } from '../../../../../infra/mongo/mongo-database.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { silentLogger } from '../../../../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../../../../infra/telemetry/prometheus-metrics.ts';
import { conversationDraft } from '../../../domain/conversations.ts';
import { messageCreated } from '../../../events.ts';
import type { ChatStore } from '../../../ports.ts';
import { mongoStore } from '../mongo.ts';
import { asUpdate } from '../suite/changes.ts';
import { at, created } from '../suite/store-under-test.ts';
import { type Collections, collectionsOf, prepare } from './collections.ts';

requireService('mongodb').describe('the folded names of channels in MongoDB', (url) => {
  let made: TestMongo;
  let mongo: MongoDatabase;
  let collections: Collections;
  const delivery = { relays: false, deliver: () => Promise.resolve() };
  const node = (): ChatStore =>
    mongoStore({ mongo, delivery, clock: systemClock, metrics: createMetrics(), logger: silentLogger, created: messageCreated });

  beforeAll(async () => {
    made = createTestMongo(url);
    mongo = await made.open();
    collections = collectionsOf(mongo);
    await prepare(collections);
  });
  beforeEach(async () => {
    await collections.conversations.remove({});
  });
  afterAll(async () => {
    await mongo.close();
    await made.drop();
  });

  const channel = async (store: ChatStore, name: string): Promise<string> =>
    created(
      store,
      conversationDraft({
        kind: 'channel',
        name,
        visibility: 'public',
        people: [{ userId: newId(), role: 'owner' }],
        createdBy: newId(),
        createdAt: at,
      }),
    );
  const found = async (query: string): Promise<(string | null)[]> =>
    (await node().conversations.browse(newId(), { query, after: null, limit: 50 })).map(({ head }) => head.name);
  /** The version before renames in this way, and does not know `foldedOf`. */
  const renameAsBefore = (id: string, name: string) =>
    collections.conversations.update({ _id: id }, { $set: { name, nameKey: name.toLowerCase() } });
  const foldedOf = async (id: string) => (await collections.conversations.findOne({ _id: id }))?.foldedOf;

  test('are made of names that another version wrote, once', async () => {
    const ids = await Promise.all(['Café', 'Ёлка', 'plain'].map((name) => channel(node(), name)));
    for (const id of ids)
      await collections.conversations.update({ _id: id }, { $set: { foldedName: 'of before' }, $unset: { foldedOf: '' } });
    expect(await found('cafe')).toEqual(['Café']);
    expect(await found('елка')).toEqual(['Ёлка']);
    const before = await Promise.all(ids.map(foldedOf));
    await collections.conversations.updateAll({}, { $set: { foldedName: 'kept' } });
    expect(new Set(await found('kept'))).toEqual(new Set(['Café', 'Ёлка', 'plain']));
    expect(await Promise.all(ids.map(foldedOf))).toEqual(before);
  });

  test('are not made again of names that this version wrote, and of one that is renamed by another version meanwhile', async () => {
    const store = node();
    const id = await channel(store, 'Straße');
    await collections.conversations.update({ _id: id }, { $set: { foldedName: 'untouched' } });
    expect(await found('untouched')).toEqual(['Straße']);
    await store.conversations.change(id, () => asUpdate({ name: 'Ćevapi' }));
    expect(await found('cevapi')).toEqual(['Ćevapi']);
    await renameAsBefore(id, 'Łódź');
    expect([await found('lodz'), await found('cevapi')]).toEqual([['Łódź'], []]);
  });
});
