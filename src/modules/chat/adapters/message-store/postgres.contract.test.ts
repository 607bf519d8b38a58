import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import { eventsOf } from '../../../../../test/harness/events-of.ts';
import { type DomainEvent, onLive } from '../../../../kernel/bus/bus.ts';
import { MemoryBus } from '../../../../infra/memory/memory-bus.ts';
import { MemoryDeliveries } from '../../../../infra/memory/memory-deliveries.ts';
import type { PgDatabase } from '../../../../infra/postgres/pg-database.ts';
import { silentLogger } from '../../../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../../../infra/telemetry/prometheus-metrics.ts';
import { databaseWithOutbox } from '../../chat.fixture.ts';
import { messageCreated } from '../../events.ts';
import { messageStoreSuite } from './message-store.suite.ts';
import { postgresStore } from './postgres.ts';
import type { StoreUnderTest } from './suite/store-under-test.ts';

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

const everyEvent = eventsOf('chat');

function begin(): StoreUnderTest {
  const received: DomainEvent[] = [];
  const node = () => {
    const deliveries = new MemoryDeliveries();
    const bus = new MemoryBus({ deliveries, logger: silentLogger, strict: true });
    for (const event of everyEvent) bus.subscribe(onLive(event, 'suite', (event) => void received.push(event)));
    const { database, outbox } = databaseWithOutbox(made.url, { bus, deliveries });
    opened.push({ database, drained: () => outbox.drained() });
    return { database, outbox, metrics: createMetrics(), logger: silentLogger, created: messageCreated };
  };
  return {
    received,
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
