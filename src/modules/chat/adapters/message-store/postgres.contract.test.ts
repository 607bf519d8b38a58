import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import * as events from '../../../../contracts/chat/events.ts';
import type { EventDeclaration } from '../../../../contracts/define.ts';
import { type Fact, listen } from '../../../../kernel/bus/bus.ts';
import { MemoryBus } from '../../../../kernel/bus/memory-bus.ts';
import { MemoryDeliveries } from '../../../../kernel/bus/memory-deliveries.ts';
import type { PgDatabase } from '../../../../kernel/database/pg-database.ts';
import { silentLogger } from '../../../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../../../kernel/telemetry/prometheus-metrics.ts';
import { databaseWithOutbox } from '../../chat-bench.ts';
import { newId } from '../../../../kernel/ids.ts';
import { queryOf } from '../../domain/terms.ts';
import type { ChatStore } from '../../ports.ts';
import { messageStoreSuite } from './message-store.suite.ts';
import { postgresStore } from './postgres.ts';
import { opened as openGroup, type StoreUnderTest } from './suite/store-under-test.ts';

let made: TestDatabase;
const stops: (() => Promise<void>)[] = [];
const opened: { database: PgDatabase; drained: () => Promise<void> }[] = [];

beforeAll(async () => {
  made = await createTestDatabase();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  for (const { database, drained } of opened.splice(0)) {
    await drained();
    await database.close();
  }
});
afterAll(() => made.drop());

const everyEvent = Object.values<EventDeclaration>(events as never);

function begin(): StoreUnderTest {
  const heard: Fact[] = [];
  const node = () => {
    const deliveries = new MemoryDeliveries();
    const bus = new MemoryBus({ deliveries, logger: silentLogger, strict: true });
    for (const event of everyEvent) bus.subscribe(listen(event, 'suite', (fact) => void heard.push(fact)));
    const { database, outbox } = databaseWithOutbox(made.url, { bus, deliveries });
    opened.push({ database, drained: () => outbox.drained() });
    return { database, outbox, metrics: createMetrics(), logger: silentLogger };
  };
  return {
    heard,
    open: () => {
      const store = postgresStore(node());
      stops.push(() => store.stop());
      return store;
    },
    openDying: () => {
      const parts = node();
      parts.outbox.committed = () => undefined;
      return postgresStore(parts);
    },
    relay: async () => {
      const parts = node();
      const { database, outbox } = parts;
      postgresStore(parts);
      await database.query('UPDATE kernel.outbox SET claimed_until = NULL');
      await outbox.relay();
      await outbox.drained();
    },
  };
}

messageStoreSuite(begin);

test('what is too much to index for one query goes on behind it, and ends with the store', async () => {
  const store = begin().open();
  // Two thirds are left to what goes on behind the query: far more than it can do before it is stopped.
  const { ana, id } = await importedConversation(store, 30_000);
  const query = { ...queryOf('giraffe'), limit: 1 };
  await store.index.search(ana, query);
  await store.stop();
  const [mark] = await opened[0]!.database.query<{ rev: number }>(
    'SELECT indexed_rev AS rev FROM chat.index_marks WHERE conversation_id = $1',
    [id],
  );
  expect(mark!.rev).toBeLessThan(30_001);
  for (let count = 0; count < 3; count++) await store.index.search(ana, query);
  expect(await store.index.search(ana, query)).toHaveLength(1);
});

/** A conversation filled past the log, as an import would. */
async function importedConversation(store: ChatStore, messages: number): Promise<{ ana: string; id: string }> {
  const ana = newId();
  const id = await openGroup(store, ana);
  const { database } = opened[0]!;
  await database.query(
    `INSERT INTO chat.messages (id, conversation_id, seq, rev, sender_id, client_message_id, text, created_at)
     SELECT gen_random_uuid(), $1, n, n + 1, $2, gen_random_uuid(), CASE WHEN n = $3 THEN 'the giraffe' ELSE 'word ' || n END, now()
     FROM generate_series(1, $3::int) AS n`,
    [id, ana, messages],
  );
  await database.query('UPDATE chat.conversations SET last_seq = $2::int, rev = $2::int + 1 WHERE id = $1', [id, messages]);
  return { ana, id };
}
