import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { event } from '../../contracts/define.ts';
import { type DomainEvent, onLive, onEvent } from '../../kernel/bus/bus.ts';
import { MemoryBus } from '../memory/memory-bus.ts';
import { PostgresDeliveries } from './postgres-deliveries.ts';
import { PgDatabase } from './pg-database.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { PostgresOutbox } from './postgres-outbox.ts';

const happened = event({
  name: 'suite.happened',
  summary: 'It happened.',
  delivery: 'event',
  payload: z.strictObject({ what: z.string() }),
});
const eventOf = (what: string): DomainEvent<typeof happened> => ({ id: newId(), event: happened.name, payload: { what } });

let made: TestDatabase;
const opened: Node[] = [];

beforeAll(async () => {
  made = await createTestDatabase();
});
afterAll(() => made.drop());
beforeEach(async () => {
  const database = made.database();
  await database.query('CREATE TABLE IF NOT EXISTS suite_rows (id int PRIMARY KEY)');
  await database.query('TRUNCATE kernel.outbox, kernel.deliveries, suite_rows');
});
afterEach(async () => {
  for (const { bus, outbox, database } of opened.splice(0)) {
    await bus.stop();
    await outbox.stop();
    await database.close();
  }
});

interface Node {
  readonly database: PgDatabase;
  readonly bus: MemoryBus;
  readonly outbox: PostgresOutbox;
  /** What its live subscriber received. */
  readonly received: string[];
}

/** A process of the app, as far as events go. */
function openNode({ relays = true } = {}): Node {
  const database: PgDatabase = new PgDatabase({ url: made.url, outbox: () => outbox, logger: silentLogger, poolSize: 3 });
  const deliveries = new PostgresDeliveries(database);
  const bus = new MemoryBus({ deliveries, logger: silentLogger, strict: true });
  const outbox: PostgresOutbox = new PostgresOutbox({ database, bus, deliveries, logger: silentLogger, relays });
  const received: string[] = [];
  bus.subscribe(onLive(happened, 'screen', ({ payload }) => void received.push(payload.what)));
  const node = { database, bus, outbox, received };
  opened.push(node);
  return node;
}

const publish = ({ database }: Node, ...whats: string[]): Promise<void> =>
  database.transaction((tx) => {
    for (const what of whats) tx.publish(happened, { what });
    return Promise.resolve();
  });

interface Row extends Record<string, unknown> {
  body: unknown;
  attempts: number;
  isClaimed: boolean | null;
}

const rows = ({ database }: Node): Promise<Row[]> =>
  database.query<Row>('SELECT body, attempts, claimed_until > now() AS "isClaimed" FROM kernel.outbox ORDER BY id');

/** As if the nodes that were busy with the rows had died half a minute ago. */
const expireLeases = ({ database }: Node) => database.query("UPDATE kernel.outbox SET claimed_until = now() - interval '1 second'");

/** A commit whose process dies before it delivers its events. */
async function dieAfterCommit(
  { database, outbox }: Node,
  published: DomainEvent,
  reference?: { source: string; body: unknown },
): Promise<void> {
  const { text, values } = reference ? outbox.stageReference(reference.source, reference.body, [published]) : outbox.stage([published]);
  await database.query(text, values);
}

describe('events of a transaction', () => {
  test('lie in the outbox from the commit on, leased to the process that wrote them', async () => {
    const node = openNode();
    await dieAfterCommit(node, eventOf('soup'));
    expect(await rows(node)).toEqual([{ body: [expect.objectContaining({ payload: { what: 'soup' } })], attempts: 0, isClaimed: true }]);
  });

  test('are delivered when the transaction resolves, in order, and leave no row', async () => {
    const node = openNode();
    await publish(node, 'soup', 'roast');
    expect(node.received).toEqual(['soup', 'roast']);
    await node.outbox.drained();
    expect(await rows(node)).toEqual([]);
  });

  test('are delivered after the commit: subscribers see what was written', async () => {
    const node = openNode();
    const other = openNode();
    const looks: Promise<unknown>[] = [];
    node.bus.subscribe(onLive(happened, 'looker', () => void looks.push(other.database.query('SELECT id FROM suite_rows'))));
    await node.database.transaction(async (tx) => {
      tx.publish(happened, { what: 'an insert' });
      await tx.query('INSERT INTO suite_rows VALUES (7)');
    });
    expect(await Promise.all(looks)).toEqual([[{ id: 7 }]]);
  });

  test('are never delivered without it', async () => {
    const node = openNode();
    const failing = node.database.transaction((tx) => {
      tx.publish(happened, { what: 'never' });
      return Promise.reject(new Error('changed my mind'));
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await node.outbox.drained();
    expect([await rows(node), node.received]).toEqual([[], []]);
  });

  test('a subscriber that fails keeps its delivery, and the row goes', async () => {
    const node = openNode();
    node.bus.subscribe(onEvent(happened, 'waiter', () => Promise.reject(new Error('dropped it'))));
    await publish(node, 'soup');
    await node.outbox.drained();
    expect(await rows(node)).toEqual([]);
    expect(await node.database.query('SELECT subscriber, attempts FROM kernel.deliveries')).toEqual([
      { subscriber: 'waiter', attempts: 1 },
    ]);
  });

  test('stay when a failed delivery cannot be kept, and are delivered again later', async () => {
    const node = openNode();
    let isBroken = true;
    node.bus.subscribe(
      onEvent(happened, 'waiter', async () => {
        if (isBroken)
          await node.database.query('ALTER TABLE kernel.deliveries RENAME TO hidden').then(() => Promise.reject(new Error('dropped it')));
      }),
    );
    await publish(node, 'soup');
    await node.outbox.drained();
    await node.database.query('ALTER TABLE kernel.hidden RENAME TO deliveries');
    isBroken = false;
    expect(await rows(node)).toHaveLength(1);
    await expireLeases(node);
    await node.outbox.relay();
    await node.outbox.drained();
    expect([await rows(node), node.received]).toEqual([[], ['soup', 'soup']]);
  });

  test('no failure of their delivery fails the transaction', async () => {
    const node = openNode();
    node.bus.deliver = () => {
      throw new Error('a bus that is no bus');
    };
    await expect(publish(node, 'soup')).resolves.toBeUndefined();
    await node.outbox.drained();
    expect(await rows(node)).toHaveLength(1);
  });

  test('whoever waits for the outbox to drain finds it empty, however many wait', async () => {
    const node = openNode();
    for (let round = 0; round < 10; round++) {
      const drained = Array.from({ length: 4 }, async (_, number) => {
        await publish(node, String(number));
        await node.outbox.drained();
      });
      await Promise.all(drained);
      expect(await rows(node)).toEqual([]);
    }
  });
});

describe('events that another store keeps', () => {
  test('are delivered at once, and drained with the others', async () => {
    const node = openNode();
    const taken: string[] = [];
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    node.bus.subscribe(onEvent(happened, 'waiter', async ({ payload }) => void (await released, taken.push(payload.what))));
    const delivered = node.outbox.deliver([eventOf('soup')]);
    expect(node.received).toEqual(['soup']);
    const drained = node.outbox.drained();
    release();
    await drained;
    expect(taken).toEqual(['soup']);
    await delivered;
    expect([await rows(node), node.outbox.relays]).toEqual([[], true]);
  });

  test('are refused to whoever hands them over when they can neither be taken nor kept', async () => {
    const node = openNode();
    node.bus.deliver = () => Promise.reject(new Error('no room'));
    await expect(node.outbox.deliver([eventOf('soup')])).rejects.toThrow('no room');
    await node.outbox.drained();
  });
});

describe('after a crash', () => {
  test('another process delivers the events once the lease has ended, not before', async () => {
    const [dead, other] = [openNode(), openNode()];
    await dieAfterCommit(dead, eventOf('soup'));
    await other.outbox.relay();
    await other.outbox.drained();
    expect(other.received).toEqual([]);
    await expireLeases(other);
    await other.outbox.relay();
    await other.outbox.drained();
    expect([other.received, await rows(other)]).toEqual([['soup'], []]);
  });

  test('events keep their ids, so that subscribers can dedupe', async () => {
    const [dead, other] = [openNode(), openNode()];
    const soup = eventOf('soup');
    const taken: DomainEvent[] = [];
    other.bus.subscribe(onEvent(happened, 'waiter', (received) => void taken.push(received)));
    await dieAfterCommit(dead, soup);
    await expireLeases(other);
    await other.outbox.relay();
    await other.outbox.drained();
    expect(taken).toEqual([soup]);
  });

  test('rows are delivered in the order they were written', async () => {
    const [dead, other] = [openNode(), openNode()];
    const dishes = Array.from({ length: 30 }, (_, number) => String(number));
    for (const dish of dishes) await dieAfterCommit(dead, eventOf(dish));
    await expireLeases(other);
    await other.outbox.relay();
    expect(other.received).toEqual(dishes);
  });

  test('a reference becomes its events again', async () => {
    const [dead, other] = [openNode(), openNode()];
    other.outbox.expand('suite.source', (body) => Promise.resolve((body as { ids: string[] }).ids.map(eventOf)));
    await dieAfterCommit(dead, eventOf('unused'), { source: 'suite.source', body: { ids: ['soup', 'roast'] } });
    await expireLeases(other);
    await other.outbox.relay();
    await other.outbox.drained();
    expect([other.received, await rows(other)]).toEqual([['soup', 'roast'], []]);
  });

  test('a row that cannot be expanded holds up no other, and ends as a dead letter that can be revived', async () => {
    const node = openNode();
    let isBroken = true;
    node.outbox.expand('suite.source', (body) =>
      isBroken ? Promise.reject(new Error('the book is lost')) : Promise.resolve([eventOf((body as { dish: string }).dish)]),
    );
    await dieAfterCommit(node, eventOf('unused'), { source: 'suite.source', body: { dish: 'poison' } });
    await dieAfterCommit(node, eventOf('soup'));
    for (let lease = 0; lease < 8; lease++) {
      expect(await rows(node)).not.toEqual([]);
      await expireLeases(node);
      await node.outbox.relay();
      await node.outbox.drained();
    }
    expect([node.received, await rows(node)]).toEqual([['soup'], []]);
    const deliveries = new PostgresDeliveries(node.database);
    const [letter] = await deliveries.listDead(10, null);
    expect(letter).toMatchObject({ event: 'suite.source', subscriber: 'kernel.outbox', payload: { dish: 'poison' }, attempts: 8 });
    expect(letter?.error).toContain('the book is lost');

    isBroken = false;
    await deliveries.revive(letter?.id ?? '');
    await node.bus.retryDue();
    expect([node.received, await deliveries.countDead()]).toEqual([['soup', 'poison'], 0]);
  });

  test('a reference that nobody here expands is left to another process, and is not lost', async () => {
    const node = openNode();
    await dieAfterCommit(node, eventOf('unused'), { source: 'suite.unknown', body: {} });
    await expireLeases(node);
    await node.outbox.relay();
    expect(await rows(node)).toEqual([{ body: {}, attempts: 0, isClaimed: false }]);
  });
});

describe('several processes', () => {
  test('that relay at once deliver each row once within its lease', async () => {
    const writer = openNode({ relays: false });
    const nodes = [openNode(), openNode(), openNode()];
    const dishes = Array.from({ length: 450 }, (_, number) => String(number).padStart(3, '0'));
    for (let at = 0; at < dishes.length; at += 50) await Promise.all(dishes.slice(at, at + 50).map((dish) => publish(writer, dish)));
    await Promise.all(nodes.flatMap(({ outbox }) => [outbox.relay(), outbox.relay()]));
    await Promise.all(nodes.map(({ outbox }) => outbox.drained()));
    expect(nodes.flatMap(({ received }) => received).toSorted()).toEqual(dishes);
    expect(await rows(writer)).toEqual([]);
  });

  test('one that only writes leaves its rows to a server, which need not wait for any lease', async () => {
    const [commandLine, server] = [openNode({ relays: false }), openNode()];
    await publish(commandLine, 'soup');
    await commandLine.outbox.stop();
    expect(commandLine.received).toEqual([]);
    expect(await rows(server)).toEqual([{ body: [expect.anything()], attempts: 0, isClaimed: null }]);
    await server.outbox.start();
    await eventually(async () => {
      expect(await rows(server)).toEqual([]);
    });
    expect(server.received).toEqual(['soup']);
  });

  test('a subscriber that hangs holds up no other row', async () => {
    const node = openNode();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const taken: string[] = [];
    node.bus.subscribe(
      onEvent(happened, 'waiter', async ({ payload }) => {
        if (payload.what === 'endless') await released;
        taken.push(payload.what);
      }),
    );
    await dieAfterCommit(node, eventOf('endless'));
    await dieAfterCommit(node, eventOf('soup'));
    await expireLeases(node);
    await node.outbox.relay();
    await eventually(() => {
      expect(taken).toEqual(['soup']);
    });
    release();
    await node.outbox.drained();
    expect([taken, await rows(node)]).toEqual([['soup', 'endless'], []]);
  });
});
