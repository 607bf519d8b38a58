/** One process of a team. */
export interface Part {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** People connect to it. */
  readonly isGateway: boolean;
}

/** The processes of a team, and the servers beside them. */
export interface Shape {
  readonly servers: readonly string[];
  readonly parts: readonly Part[];
}

export const stores = ['postgres', 'mongo'] as const;
export type Store = (typeof stores)[number];
export const severals = ['replicas', 'split'] as const;
/** A topology of several processes. */
export type Several = (typeof severals)[number];

export const soloOn = (store: Store): Shape => ({ servers: serversOf(store), parts: [{ name: 'solo', env: {}, isGateway: true }] });

/** Equal nodes that meet in Redis. */
const replicasOn = (store: Store, names: readonly string[]): Shape => ({
  servers: [...serversOf(store), 'redis'],
  // The rigs upload nothing to several nodes.
  parts: names.map((name) => ({ name, env: { CONFAB_MEDIA_SHARED: 'yes' }, isGateway: true })),
});

/** A process for each module and one with the transports alone, which meet at RabbitMQ. */
const splitOn = (store: Store): Shape => ({
  servers: [...serversOf(store), 'rabbitmq'],
  parts: [
    { name: 'gateway', env: { CONFAB_MODULES: 'none' }, isGateway: true },
    ...['auth', 'chat', 'media', 'notifications', 'presence', 'admin'].map((name) => ({
      name,
      env: { CONFAB_MODULES: name, CONFAB_TRANSPORTS: 'none' },
      isGateway: false,
    })),
  ],
});

export const shapeOf = (topology: Several, store: Store, nodes: number): Shape =>
  topology === 'split' ? splitOn(store) : replicasOn(store, ['north', 'east', 'south'].slice(0, nodes));

const serversOf = (store: Store): string[] => ['postgres', ...(store === 'mongo' ? ['mongodb'] : [])];
