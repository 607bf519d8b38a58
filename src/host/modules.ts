import { operations } from '../contracts/registry.ts';
import { areaOf, type Bus, type Subscription } from '../kernel/bus/bus.ts';
import type { Finding } from '../kernel/health.ts';
import { LocalRoutes } from '../kernel/routes.ts';
import type { HostValues, Kernel, Module, ModuleDefinition } from '../kernel/module.ts';
import type { Config } from './config.ts';
import * as modules from './module-list.ts';
import { version } from './root.ts';

/** Every module of the app, each behind those that it calls. */
export const definitions = calledFirst(Object.values<unknown>(modules) as readonly ModuleDefinition[]);
export const moduleNames = definitions.map(({ name }) => name);

/** The environment variables that a module owns; never for one without any. */
type VariablesOf<M> = M extends ModuleDefinition<infer V, infer _K, infer _H> ? (string extends keyof V ? never : V) : never;
/** Those of all modules. */
export type ModuleVariables = VariablesOf<(typeof modules)[keyof typeof modules]>;

/** Every durable subscriber of the team, whichever process runs it. */
export const subscribers = definitions.flatMap((definition) => definition.subscribers ?? []);

/** What the modules take from the configuration for their live settings at the first start, whichever of them run here. */
export const initialSettings = (config: Config): Readonly<Record<string, unknown>> =>
  Object.assign({}, ...definitions.map((definition) => definition.initialSettings?.(ownValues(definition, config)))) as Record<
    string,
    unknown
  >;

/** Equal nodes have one database and a server where they meet. */
const isOneOfSeveral = ({ redisUrl, amqpUrl, databaseUrl, modules }: Config): boolean =>
  (redisUrl ?? amqpUrl) !== undefined && databaseUrl !== undefined && moduleNames.every((name) => modules.includes(name));

/** Builds the modules and puts their handlers, subscriptions and jobs on the bus and the job queues. */
export async function buildModules(
  kernel: Kernel,
  bus: Bus,
  { config, secret, definitions }: { config: Config; secret: string; definitions: readonly ModuleDefinition[] },
): Promise<{ modules: readonly Module[]; routes: LocalRoutes }> {
  refuseCycles(definitions);
  const values: HostValues = {
    publicUrl: config.publicUrl,
    dataDir: config.dataDir,
    isOneOfSeveral: isOneOfSeveral(config),
    secret,
    version,
    throttling: config.rateLimits === 'off' ? 'off' : 'on',
  };
  const modules: Module[] = [];
  const routes = new LocalRoutes();
  for (const definition of definitions.filter(({ name }) => config.modules.includes(name))) {
    const logger = kernel.logger.child({ module: definition.name });
    const module = await definition.create(partOf({ ...kernel, logger }, definition.needs.kernel), {
      ...ownValues(definition, config),
      ...partOf(values, definition.needs.host ?? []),
    });
    for (const implementation of module.implements) bus.serve(implementation);
    for (const implementation of module.routes ?? []) routes.serve(implementation);
    requireDeclared(definition, module.subscriptions ?? []);
    requireRoutes(definition, routes);
    for (const subscription of module.subscriptions ?? []) bus.subscribe(subscription);
    for (const queue of module.jobs ?? []) kernel.jobs.define(queue);
    modules.push(module);
  }
  const orphans = operations.filter((operation) => !bus.serves(operation)).map(({ name }) => name);
  if (orphans.length > 0) throw new Error(`No module answers ${orphans.join(', ')}.`);
  return { modules, routes };
}

/** A route without a handler would answer nothing. */
export function requireRoutes({ name, routes: declared = [] }: ModuleDefinition, routes: LocalRoutes): void {
  const missing = declared.filter((route) => !routes.serves(route)).map((route) => route.name);
  if (missing.length > 0) throw new Error(`The module ${name} declares routes that it does not answer: ${missing.join(', ')}.`);
}

/** What the modules that run here find for the doctor. */
export async function moduleFindings(config: Config): Promise<readonly Finding[]> {
  const own = definitions.filter(({ name }) => config.modules.includes(name));
  const found = own.map(
    async (one) => (await one.inspect?.({ ...ownValues(one, config), ...partOf(config, ['dataDir', 'publicUrl']) })) ?? [],
  );
  return (await Promise.all(found)).flat();
}

/** The values of the variables that a module owns. */
const ownValues = ({ config: section }: ModuleDefinition, config: Config): Record<string, unknown> => ({
  ...partOf(config, Object.keys(section?.variables ?? {}) as (keyof Config)[]),
});

/** What a module named, and nothing else. A module names all it uses, so that the part is whole for it. */
const partOf = <T extends object>(whole: T, names: readonly (keyof T)[]): T =>
  Object.fromEntries(names.map((name) => [name, whole[name]])) as unknown as T;

/** A subscriber that is not declared would have no queue while its module is away. */
export function requireDeclared({ name, subscribers: declared = [] }: ModuleDefinition, subscriptions: readonly Subscription[]): void {
  const made = subscriptions.filter(({ mode }) => mode === 'durable').map(({ event, subscriber }) => `${event.name} → ${subscriber}`);
  const said = declared.map(({ event, subscriber }) => `${event.name} → ${subscriber}`);
  const odd = [...made.filter((one) => !said.includes(one)), ...said.filter((one) => !made.includes(one))];
  if (odd.length > 0) throw new Error(`The module ${name} declares other subscribers than it has: ${odd.join(', ')}.`);
}

/** Each module behind those that it calls, and by name where that leaves a choice. Of a cycle, which `refuseCycles` names, some order. */
export function calledFirst(all: readonly ModuleDefinition[]): readonly ModuleDefinition[] {
  const calls = callsOf(all);
  const sorted = new Set<string>();
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const next of [...(calls.get(name) ?? [])].sort()) visit(next);
    sorted.add(name);
  };
  for (const name of [...calls.keys()].sort()) visit(name);
  const order = [...sorted];
  return all.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
}

/** By the name of a module the areas that it calls. */
function callsOf(all: readonly ModuleDefinition[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(all.map(({ name, needs }) => [name, new Set(needs.calls.map((operation) => areaOf(operation.name)))]));
}

/** Two modules that wait for each other would hang once they run in processes of their own. */
export function refuseCycles(all: readonly ModuleDefinition[]): void {
  const calls = callsOf(all);
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name))
      throw new Error(`Modules call each other in a circle: ${[...path.slice(path.indexOf(name)), name].join(' → ')}.`);
    for (const next of calls.get(name) ?? []) if (next !== name) visit(next, [...path, name]);
  };
  for (const { name } of all) visit(name, []);
}
