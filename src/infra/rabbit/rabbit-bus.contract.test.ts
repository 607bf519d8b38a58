import { authOf, forgetTeam, ownTeam, rabbitServer } from '../../../test/harness/rabbit.ts';
import { requireService } from '../../../test/harness/services.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createMetrics } from '../telemetry/prometheus-metrics.ts';
import type { Bus } from '../../kernel/bus/bus.ts';
import { type OpenBus, busSuite } from '../../kernel/bus/bus.suite.ts';
import type { DeliveryStore } from '../../kernel/bus/delivery-store.ts';
import { sleep } from '../../kernel/sleep.ts';
import { MemoryDeliveries } from '../memory/memory-deliveries.ts';
import { type QueueBinding, keyOf } from './event-publisher.ts';
import { RabbitBus } from './rabbit-bus.ts';

requireService('rabbitmq').describe('RabbitBus', (url) => {
  interface ProcessOptions {
    readonly team: string;
    readonly deliveries: DeliveryStore;
    readonly durableSubscriptions: readonly QueueBinding[];
    readonly areasElsewhere: readonly string[];
  }

  const openProcess = ({ team, ...options }: ProcessOptions): RabbitBus =>
    new RabbitBus({
      ...options,
      server: rabbitServer(url, team),
      auth: authOf(team),
      logger: silentLogger,
      metrics: createMetrics(),
      nodeId: newId(),
      nodeInfo: { modules: [], transports: [] },
      strict: true,
    });

  function open(areasElsewhere: readonly string[], processes: number): Promise<OpenBus> {
    let passedMs = 0;
    const deliveries = new MemoryDeliveries(() => Date.now() + passedMs);
    const team = ownTeam();
    const reactions: QueueBinding[] = [];
    const all = Array.from({ length: processes }, (_, index) =>
      openProcess({ team, deliveries, durableSubscriptions: reactions, areasElsewhere: index === 0 ? areasElsewhere : [] }),
    );
    const [caller, callee] = [all[0] as RabbitBus, all.at(-1) as RabbitBus];
    return Promise.resolve({
      bus: asOne({ caller, callee }, reactions, () => forgetTeam(url, team, reactions.map(keyOf))),
      deliveries,
      nextTry: async () => {
        passedMs += 120_000;
        await caller.retryDue();
        // What was passed on is on its way.
        await sleep(20);
      },
    });
  }

  describe('within one process', () => {
    busSuite(() => open([], 1), { isolates: true });
  });

  describe('from one process to another', () => {
    busSuite(() => open(['suite'], 2), { isolates: true });
  });
});

/** Calls and publishes in one process; serves and subscribes in the other. */
function asOne({ caller, callee }: { caller: RabbitBus; callee: RabbitBus }, reactions: QueueBinding[], forget: () => Promise<void>): Bus {
  let isStopped = false;
  return {
    serve: (implementation) => {
      callee.serve(implementation);
    },
    subscribe: (subscription) => {
      callee.subscribe(subscription);
      if (subscription.mode === 'durable') reactions.push({ event: subscription.event.name, subscriber: subscription.subscriber });
    },
    serves: (operation) => callee.serves(operation),
    nodes: () => caller.nodes(),
    call: (operation, input, context) => caller.call(operation, input, context),
    signal: (event, payload) => {
      caller.signal(event, payload);
    },
    deliver: (events) => caller.deliver(events),
    start: async () => {
      await callee.start();
      if (caller !== callee) await caller.start();
    },
    idle: (withinMs) => callee.idle(withinMs),
    stopReceiving: () => callee.stopReceiving(),
    stop: async () => {
      await Promise.all([...new Set([caller, callee])].map((bus) => bus.stop()));
      if (!isStopped) await forget();
      isStopped = true;
    },
  };
}
