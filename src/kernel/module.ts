import type { EventDeclaration, Operation, Route } from '../contracts/define.ts';
import type { AuditTrail } from './audit.ts';
import type { BusCaller, Implementation, Subscription } from './bus/bus.ts';
import type { DeliveryStore } from './bus/delivery-store.ts';
import type { Clock } from './clock.ts';
import type { ConfigSection, ValuesOf, Variables } from './config/variable.ts';
import type { Database } from './database.ts';
import type { DocumentDatabase } from './document-database.ts';
import type { DiskState } from './disk-room.ts';
import type { Finding, Health } from './health.ts';
import type { JobQueue, Jobs } from './jobs.ts';
import type { Outbox } from './outbox.ts';
import type { RedisClient } from './redis.ts';
import type { RouteImplementation } from './routes.ts';
import type { LiveSettings } from './settings.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** What the app can give a module. */
export interface Kernel {
  readonly bus: BusCaller;
  readonly database: Database;
  /** Where stores that can live in MongoDB do; null where everything lies in `database`. */
  readonly mongo: DocumentDatabase | null;
  /** Where the nodes of a team meet; null where there is one. */
  readonly redis: RedisClient | null;
  readonly outbox: Outbox;
  readonly deliveries: DeliveryStore;
  readonly jobs: Jobs;
  readonly settings: LiveSettings;
  readonly audit: AuditTrail;
  readonly health: Health;
  readonly disk: DiskState;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Unique per process run. */
  readonly nodeId: string;
}

/** What the host knows of the installation. A module gets what it names in `needs.host`. */
export interface HostValues {
  readonly version: string;
  /** Where browsers reach the team, without a slash at the end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** Others run the same modules on one database: they do not see what only this machine has. */
  readonly isOneOfSeveral: boolean;
  /** The team's secret: what the database keeps encrypted is encrypted under it. */
  readonly secret: string;
  /** Whether budgets and login throttles hold. */
  readonly throttling: 'on' | 'off';
}

/** A built module: the operations and routes it implements, the events it subscribes to, the jobs it runs. */
export interface Module {
  readonly implements: readonly Implementation[];
  readonly routes?: readonly RouteImplementation[];
  readonly subscriptions?: readonly Subscription[];
  readonly jobs?: readonly JobQueue[];
  start?(): Promise<void> | void;
  stop?(): Promise<void> | void;
}

/** A module's only face to the host. */
export interface ModuleDefinition<
  V extends Variables = Variables,
  K extends keyof Kernel = keyof Kernel,
  H extends keyof HostValues = keyof HostValues,
> {
  readonly name: string;
  /** The environment variables it owns. */
  readonly config?: ConfigSection<V>;
  /** What its live settings are at the first start, where the configuration says it. */
  initialSettings?(config: ValuesOf<V>): Readonly<Record<string, unknown>>;
  /** `calls`: operations of other modules; the host refuses a cycle. `kernel` and `host`: what of the app it gets; it gets nothing else. */
  readonly needs: { readonly calls: readonly Operation[]; readonly kernel: readonly K[]; readonly host?: readonly H[] };
  /** Tries what it works with, for the doctor: also while a server runs, and so that nothing stays. */
  inspect?(config: ValuesOf<V> & Pick<HostValues, 'dataDir' | 'publicUrl'>): Promise<readonly Finding[]>;
  /** The routes that it answers. A gateway without the module mounts them too. */
  readonly routes?: readonly Route[];
  /** Its durable subscriptions. Between processes their queues exist before the module first runs. */
  readonly subscribers?: readonly { readonly event: EventDeclaration; readonly subscriber: string }[];
  create(kernel: Pick<Kernel, K>, config: ValuesOf<V> & Pick<HostValues, H>): Promise<Module> | Module;
}

export const defineModule = <V extends Variables, K extends keyof Kernel, H extends keyof HostValues = never>(
  definition: ModuleDefinition<V, K, H>,
): ModuleDefinition<V, K, H> => definition;
