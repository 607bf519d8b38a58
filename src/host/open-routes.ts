import { networkInterfaces } from 'node:os';
import type { MessageAuth } from '../infra/cluster/auth/message-auth.ts';
import { RouteListener } from '../infra/http/route-listener.ts';
import { RouteProxy } from '../infra/http/route-proxy.ts';
import type { Route } from '../contracts/define.ts';
import type { Bus } from '../kernel/bus/bus.ts';
import type { NodeInfo } from '../kernel/bus/cluster-transport.ts';
import type { Kernel, ModuleDefinition } from '../kernel/module.ts';
import type { LocalRoutes, RouteCaller } from '../kernel/routes.ts';
import type { Config } from './config.ts';

/** What a process says of itself to the others, as it is when it is said. */
export type MutableNodeInfo = NodeInfo & { routesAt?: string };

export interface OpenRoutes {
  /** The routes of the team. */
  readonly mounted: readonly Route[];
  /** Has a route answered here, or where its module runs. */
  readonly caller: RouteCaller;
  close(): Promise<void>;
}

interface RouteParts {
  readonly config: Config;
  readonly auth: MessageAuth;
  readonly local: LocalRoutes;
  readonly definitions: readonly ModuleDefinition[];
  /** Learns where other processes reach the routes of this one. */
  readonly nodeInfo: MutableNodeInfo;
}

/** The routes of the team: those of this process, and those of the processes that it meets at RabbitMQ. */
export async function openRoutes({ logger, metrics }: Kernel, bus: Bus, parts: RouteParts): Promise<OpenRoutes> {
  const { config, auth, local, definitions, nodeInfo } = parts;
  const mounted = definitions.flatMap(({ routes = [] }) => routes);
  if (config.amqpUrl === undefined) return { mounted, caller: local, close: () => Promise.resolve() };
  const caller = new RouteProxy({ local, auth, metrics, nodes: () => bus.nodes() });
  const listener = local.size > 0 ? new RouteListener({ routes: local, auth, logger }) : null;
  if (listener) {
    nodeInfo.routesAt = await listen(listener, config);
    logger.info('takes the bytes of routes from the gateways', { event: 'routes.listening', address: nodeInfo.routesAt });
  }
  return {
    mounted,
    caller,
    close: async () => {
      caller.close();
      await listener?.close();
    },
  };
}

async function listen(listener: RouteListener, { internalHost: host = ownAddress(), internalPort: port }: Config): Promise<string> {
  try {
    return await listener.open({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy =
      code === 'EADDRINUSE'
        ? 'the port is in use: choose another CONFAB_INTERNAL_PORT, or leave it out'
        : 'name an address of this machine in CONFAB_INTERNAL_HOST, which the other processes reach';
    throw new Error(`This process cannot listen for the gateways at ${host} (${String(code)}): ${remedy}.`, { cause: error });
  }
}

/** The first address by which others reach this machine. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
