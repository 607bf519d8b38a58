import mongoose from 'mongoose';
import { CutWire } from '../../../test/harness/cut-wire.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { createTestMongo, type TestMongo } from '../../../test/harness/mongo.ts';
import { requireService } from '../../../test/harness/services.ts';
import { type Logger, silentLogger } from '../../kernel/telemetry/logger.ts';
import type { MongoCollection } from './mongo-collection.ts';
import { MongoDatabase } from './mongo-database.ts';

interface Thing {
  readonly _id: string;
  readonly key?: string;
  readonly count: number;
}

const fields = { _id: String, key: String, count: Number };
const indexes = [{ name: 'key', key: { key: 1 as const }, unique: true as const, sparse: true as const }];

requireService('mongodb').describe('a MongoDB server', (url) => {
  let made: TestMongo;
  let mongo: MongoDatabase;
  let things: MongoCollection<Thing>;

  beforeAll(async () => {
    made = createTestMongo(url);
    mongo = await made.open();
    things = mongo.collection<Thing>('things', fields, indexes);
    await things.prepare();
  });
  beforeEach(() => things.remove({}));
  afterAll(async () => {
    await mongo.close();
    await made.drop();
  });

  const all = () => things.find({}, { sort: { _id: 1 } });

  test('keeps what is acknowledged in the journals of a majority, whatever its address says', async () => {
    const careless = new URL(made.url);
    careless.searchParams.set('w', '0');
    careless.searchParams.set('journal', 'false');
    const opened = await MongoDatabase.connect(careless.href, silentLogger);
    expect(opened.writeConcern).toEqual({ w: 'majority', journal: true });
    await opened.close();
  });

  test('is logged at the start when it is no replica set', async () => {
    const warned: string[] = [];
    const logger: Logger = { ...silentLogger, warn: (message) => void warned.push(message) };
    const opened = await MongoDatabase.connect(made.url, logger);
    expect(warned).toEqual(opened.isReplicated ? [] : [expect.stringContaining('MONGO_URL')]);
    await opened.close();
  });

  test('that is away makes every question fail in time, and comes back by itself', async () => {
    const wire = await CutWire.to(made.url);
    const noted: string[] = [];
    const logger: Logger = { ...silentLogger, warn: (message) => void noted.push(message), info: (message) => void noted.push(message) };
    const opened = await MongoDatabase.connect(wire.url, logger);
    noted.length = 0;
    const through = opened.collection<Thing>('things', fields, []);
    wire.cut();
    const asked = [through.find({}), through.add({ _id: 'a', count: 1 }), opened.check()];
    await Promise.all(asked.map((answer) => expect(answer).rejects.toMatchObject({ code: 'unavailable' })));
    wire.mend();
    await eventually(() => opened.check());
    expect(await through.add({ _id: 'a', count: 1 })).toBe(true);
    await opened.close();
    expect(noted).toEqual(['MongoDB is away; chat waits for it (MONGO_URL)', 'MongoDB answers']);
    await wire.close();
  });

  test('comes back although a check by the driver never ends, and what was opened before still serves', async () => {
    const wire = await CutWire.to(made.url);
    const noted: object[] = [];
    const opened = await MongoDatabase.connect(
      wire.url,
      { ...silentLogger, warn: (_message, fields) => void noted.push({ ...fields }) },
      { stuckAfterMs: 1_000 },
    );
    const through = opened.collection<Thing>('things', fields, []);
    await hangChecks(wire.url);
    wire.cut();
    await expect(opened.check()).rejects.toMatchObject({ code: 'unavailable' });
    wire.mend();
    await eventually(() => opened.check());
    expect(await through.add({ _id: 'a', count: 1 })).toBe(true);
    expect(noted).toContainEqual({ event: 'mongo.checks_stuck' });
    await opened.close();
    await wire.close();
  });

  test('that falls silent is given up with what it was asked', async () => {
    const wire = await CutWire.to(made.url);
    const opened = await MongoDatabase.connect(wire.url, silentLogger);
    const through = opened.collection<Thing>('things', fields, []);
    wire.freeze();
    const askedAt = performance.now();
    await expect(through.find({})).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - askedAt).toBeLessThan(12_000);
    wire.mend();
    await eventually(() => opened.check());
    await opened.close();
    await wire.close();
  });

  test('is prepared again without harm', async () => {
    await things.add({ _id: 'a', key: 'x', count: 1 });
    await mongo.collection<Thing>('things', fields, indexes).prepare();
    expect(await all()).toHaveLength(1);
  });

  test('a taken key is no failure', async () => {
    expect(await things.add({ _id: 'a', key: 'x', count: 1 })).toBe(true);
    expect(await things.add({ _id: 'b', key: 'x', count: 2 })).toBe(false);
    expect(await things.add({ _id: 'a', count: 3 })).toBe(false);
    expect(await all()).toEqual([{ _id: 'a', key: 'x', count: 1 }]);
  });

  test('what is there already stays as it is, and the rest comes to it', async () => {
    await things.add({ _id: 'b', count: 1 });
    await things.addAll([
      { _id: 'a', count: 2 },
      { _id: 'b', count: 2 },
      { _id: 'c', count: 2 },
    ]);
    expect((await all()).map(({ _id, count }) => [_id, count])).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 2],
    ]);
  });

  test('another unique key than the id that is taken among many is a fault', async () => {
    await things.add({ _id: 'a', key: 'x', count: 1 });
    const others = [
      { _id: 'a', key: 'x', count: 2 },
      { _id: 'b', key: 'x', count: 2 },
    ];
    await expect(things.addAll(others)).rejects.toThrow('E11000');
    await things.addAll(others.slice(0, 1));
    expect(await all()).toEqual([{ _id: 'a', key: 'x', count: 1 }]);
  });

  test('a guarded upsert makes what is not there and leaves what does not match', async () => {
    const to = (_id: string, count: number) => ({ update: { _id, count: { $lt: count } }, by: { $set: { count } }, upsert: true as const });
    await things.write([to('a', 5), to('b', 5)]);
    await things.write([to('a', 3), to('b', 7)]);
    await things.write([
      { replace: { _id: 'b', count: { $lt: 7 } }, by: { _id: 'b', count: 0 } },
      { replace: { _id: 'a', count: { $lt: 6 } }, by: { _id: 'a', key: 'new', count: 6 } },
    ]);
    expect(await all()).toEqual([
      { _id: 'a', key: 'new', count: 6 },
      { _id: 'b', count: 7 },
    ]);
  });

  test('a field that no schema knows is refused, and matches or changes nothing', async () => {
    await things.add({ _id: 'a', count: 1 });
    await expect(things.remove({ cuont: 1 })).rejects.toThrow('cuont');
    await expect(things.update({ _id: 'a' }, { $set: { cuont: 1 } })).rejects.toThrow('cuont');
    expect(await all()).toEqual([{ _id: 'a', count: 1 }]);
  });

  test('many are read one by one, as far as one likes', async () => {
    await things.addAll(Array.from({ length: 50 }, (_, count) => ({ _id: String(count).padStart(2, '0'), count })));
    const seen: number[] = [];
    for await (const { count } of things.each({}, { sort: { _id: -1 }, together: 10 })) {
      seen.push(count);
      if (seen.length === 12) break;
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => 49 - index));
  });
});

test('a server that does not answer is named with the setting, and no password with it', async () => {
  const lost = MongoDatabase.connect('mongodb://ana:secret@127.0.0.1:9/team', silentLogger);
  await expect(lost).rejects.toThrow(/^The MongoDB server mongodb:\/\/127\.0\.0\.1:9\/team does not answer .*MONGO_URL/);
});

/** The fault of the driver that ServerChecks names, as it showed: the next check of this server waits for ever. */
async function hangChecks(url: string): Promise<void> {
  const connection = mongoose.connections.find(({ port }) => String(port) === new URL(url).port);
  const { topology } = connection!.getClient() as unknown as {
    topology: { s: { servers: ReadonlyMap<string, { monitor: { connection: Hanging | null } }> } };
  };
  const [server] = topology.s.servers.values();
  const monitored = await eventually(() => {
    if (!server?.monitor.connection) throw new Error('not checked yet');
    return server.monitor.connection;
  });
  await new Promise<void>((resolve) => {
    monitored.command = () => {
      resolve();
      return new Promise(() => undefined);
    };
  });
}

interface Hanging {
  command: () => Promise<unknown>;
}
