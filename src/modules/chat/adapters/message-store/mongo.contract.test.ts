import { createTestMongo, type TestMongo } from '../../../../../test/harness/mongo.ts';
import { requireService } from '../../../../../test/harness/services.ts';
import { eventsOf } from '../../../../../test/harness/events-of.ts';
import { type DomainEvent, onLive } from '../../../../kernel/bus/bus.ts';
import { MemoryBus } from '../../../../infra/memory/memory-bus.ts';
import { MemoryDeliveries } from '../../../../infra/memory/memory-deliveries.ts';
import { type Clock, hours, systemClock } from '../../../../kernel/clock.ts';
import type { MongoDatabase } from '../../../../infra/mongo/mongo-database.ts';
import type { EventDelivery } from '../../../../kernel/outbox.ts';
import { silentLogger } from '../../../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../../../infra/telemetry/prometheus-metrics.ts';
import { messageCreated } from '../../events.ts';
import { messageStoreSuite } from './message-store.suite.ts';
import { mongoStore } from './mongo.ts';
import type { StoreUnderTest } from './suite/store-under-test.ts';

const everyEvent = eventsOf('chat');
/** When every claim of a dead node has ended. */
const muchLater: Clock = { ...systemClock, now: () => systemClock.now() + hours(1) };

requireService('mongodb').describe('the chat store in MongoDB', (url) => {
  let made: TestMongo;
  let mongo: MongoDatabase;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    made = createTestMongo(url);
    mongo = await made.open();
    const store = mongoStore(partsOf(busOf([])));
    await store.start();
    await store.stop();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  afterAll(async () => {
    await mongo.close();
    await made.drop();
  });

  const busOf = (received: DomainEvent[]): EventDelivery => {
    const bus = new MemoryBus({ deliveries: new MemoryDeliveries(), logger: silentLogger, strict: true });
    for (const event of everyEvent) bus.subscribe(onLive(event, 'suite', (event) => void received.push(event)));
    return { relays: true, deliver: (events) => bus.deliver(events) };
  };
  const partsOf = (delivery: EventDelivery, clock: Clock = systemClock) => ({
    mongo,
    delivery,
    clock,
    metrics: createMetrics(),
    logger: silentLogger,
    created: messageCreated,
  });

  function begin(): StoreUnderTest {
    const received: DomainEvent[] = [];
    return {
      received,
      open: () => {
        const store = mongoStore(partsOf(busOf(received)));
        stops.push(() => store.stop());
        return store;
      },
      openDying: () => mongoStore(partsOf({ relays: true, deliver: () => Promise.reject(new Error('dead')) })),
      relay: async () => {
        const store = mongoStore(partsOf(busOf(received), muchLater));
        await store.relay();
        await store.stop();
      },
    };
  }

  messageStoreSuite(begin);
});
