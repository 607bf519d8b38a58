import { readSessions } from '../contracts/auth/sessions.ts';
import { operations } from '../contracts/registry.ts';
import type { MessageAuth } from '../infra/cluster/auth/message-auth.ts';
import { areaOf, type Bus } from '../kernel/bus/bus.ts';
import type { NodeInfo } from '../kernel/bus/cluster-transport.ts';
import type { DeliveryStore } from '../kernel/bus/delivery-store.ts';
import { MemoryBus } from '../infra/memory/memory-bus.ts';
import { WireClusterTransport } from '../infra/cluster/wire-cluster-transport.ts';
import { RabbitBus } from '../infra/rabbit/rabbit-bus.ts';
import { RabbitServer } from '../infra/rabbit/rabbit-server.ts';
import { RedisWire } from '../infra/redis/redis-wire.ts';
import type { Health } from '../kernel/health.ts';
import { type Actor, systemContext } from '../kernel/context.ts';
import type { RedisServer } from '../infra/redis/redis.ts';
import { teamPrefix } from '../kernel/derived-key.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';
import type { Metrics } from '../kernel/telemetry/metrics.ts';
import type { Config } from './config.ts';
import { moduleNames, subscribers } from './modules.ts';

interface BusParts {
  readonly config: Config;
  readonly secret: string;
  readonly nodeId: string;
  readonly auth: MessageAuth;
  /** What this process says of itself, as it is at that moment. */
  readonly nodeInfo: NodeInfo;
  readonly redis: RedisServer | null;
  readonly deliveries: DeliveryStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
}

/** The bus of a server: over RabbitMQ where it is given, else in memory with a bridge to other nodes where there is Redis. */
export function openBus(parts: BusParts): Bus {
  const { config, redis } = parts;
  if (config.amqpUrl !== undefined) return rabbitBus(config.amqpUrl, parts);
  const bridge = redis && new WireClusterTransport({ ...parts, wire: new RedisWire(redis) });
  return new MemoryBus({ ...parts, strict: config.strictBus, cluster: bridge });
}

function rabbitBus(url: string, parts: BusParts): RabbitBus {
  const { config, secret, health } = parts;
  const server = new RabbitServer(url, { ...parts, prefix: teamPrefix(secret) });
  const bus: RabbitBus = new RabbitBus({
    ...parts,
    server,
    areasElsewhere: moduleNames.filter((name) => !config.modules.includes(name)),
    durableSubscriptions: subscribers.map(({ event, subscriber }) => ({ event: event.name, subscriber })),
    strict: config.strictBus,
    ingest: {
      areas: config.ingest === 'queue' ? waitingAreas : [],
      readActors: (sessionIds) => readActors(bus, sessionIds),
    },
  });
  health.add({ name: 'rabbitmq', required: false, check: () => server.check() });
  for (const name of moduleNames) health.add({ name: `module ${name}`, required: false, check: () => isAlive(bus, name) });
  return bus;
}

const waitingAreas = [...new Set(operations.filter(({ queueable }) => queueable).map(({ name }) => areaOf(name)))];

async function readActors(bus: Bus, sessionIds: readonly string[]): Promise<readonly (Actor | null)[]> {
  const { items } = await bus.call(readSessions, { sessionIds: [...sessionIds] }, systemContext());
  return items;
}

/** Any process knows those of the whole team. */
function isAlive(bus: RabbitBus, name: string): Promise<string> {
  const count = bus.nodes().filter(({ modules }) => modules.includes(name)).length;
  if (count === 0) return Promise.reject(new Error(`no process that runs ${name} was seen lately`));
  return Promise.resolve(`runs in ${String(count)} ${count === 1 ? 'process' : 'processes'}`);
}
