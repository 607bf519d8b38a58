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
import { messageStoreSuite } from './message-store.suite.ts';
import { postgresStore } from './postgres.ts';
import type { StoreUnderTest } from './suite/store-under-test.ts';

let test: TestDatabase;
const opened: { database: PgDatabase; drained: () => Promise<void> }[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterEach(async () => {
  for (const { database, drained } of opened.splice(0)) {
    await drained();
    await database.close();
  }
});
afterAll(() => test.drop());

const everyEvent = Object.values<EventDeclaration>(events as never);

function begin(): StoreUnderTest {
  const heard: Fact[] = [];
  const node = () => {
    const deliveries = new MemoryDeliveries();
    const bus = new MemoryBus({ deliveries, logger: silentLogger, strict: true });
    for (const event of everyEvent) bus.subscribe(listen(event, 'suite', (fact) => void heard.push(fact)));
    const { database, outbox } = databaseWithOutbox(test.url, { bus, deliveries });
    opened.push({ database, drained: () => outbox.drained() });
    return { database, outbox, metrics: createMetrics() };
  };
  return {
    heard,
    open: () => postgresStore(node()),
    openDying: () => {
      const { database, outbox, metrics } = node();
      outbox.committed = () => undefined;
      return postgresStore({ database, outbox, metrics });
    },
    relay: async () => {
      const { database, outbox, metrics } = node();
      postgresStore({ database, outbox, metrics });
      await database.query('UPDATE kernel.outbox SET claimed_until = NULL');
      await outbox.relay();
      await outbox.drained();
    },
  };
}

messageStoreSuite(begin);
