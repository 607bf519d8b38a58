import { gatewayConfig } from '../gateway/config.ts';
import { httpConfig } from '../infra/http/config.ts';
import { jobsConfig } from '../infra/jobs/config.ts';
import { mongoConfig } from '../infra/mongo/config.ts';
import { postgresConfig } from '../infra/postgres/config.ts';
import { rabbitConfig } from '../infra/rabbit/config.ts';
import { redisConfig } from '../infra/redis/config.ts';
import { telemetryConfig } from '../infra/telemetry/config.ts';
import type { ConfigSection, ValuesOf } from '../kernel/config/variable.ts';
import { isPrivateUrl } from '../kernel/network.ts';
import { contradictionsIn, type Environment, type ReadVariable, readVariables, unknownNames } from './environment.ts';
import { definitions, type ModuleVariables } from './modules.ts';
import { hostConfig } from './variables.ts';

const own = [
  hostConfig,
  gatewayConfig,
  telemetryConfig,
  jobsConfig,
  postgresConfig,
  mongoConfig,
  redisConfig,
  rabbitConfig,
  httpConfig,
] as const;

/** The variables of every owner. */
export const sections: readonly ConfigSection[] = [
  ...own,
  ...definitions.flatMap(({ config }) => config ?? []),
] as readonly ConfigSection[];

/** Settings of capabilities that this version does not have yet. */
const foreign = ['S3_ENDPOINT', 'AZURE_STORAGE_CONNECTION_STRING', 'TURN_URLS', 'SFU_URL', 'ELASTICSEARCH_URL'];

type Intersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never;
type VariablesOf<S> = S extends ConfigSection<infer V> ? V : never;
/** The values of every owner, by their keys, which differ. */
type Values = ValuesOf<Intersection<VariablesOf<(typeof own)[number]> | ModuleVariables>>;

/** What follows from several variables, or from one and the process. */
interface Derived {
  readonly publicUrl: string;
  readonly publicUrlIsGiven: boolean;
  readonly prettyLogs: boolean;
  /** Whether the reference of the API is shown: on a public origin only when asked for. */
  readonly showsReference: boolean;
  /** Variables that are set and that this version has no use for. */
  readonly unused: readonly string[];
  /** Variables that begin like ours and that no version knows: a name is misspelt. */
  readonly unknown: readonly { readonly name: string; readonly nearest: string | null }[];
}

export type Config = Omit<Values, keyof Derived> & Derived;

export const faultsText = (faults: readonly string[]): string =>
  `The configuration has ${faults.length === 1 ? 'a fault' : `${String(faults.length)} faults`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`;

/** Thrown with every fault of the environment at once. */
export class ConfigFault extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faultsText(faults));
    this.faults = faults;
  }
}

/** What an environment says of every variable, with all its faults. Each may also be given as `NAME_FILE`, a path to a file that holds it. */
export interface Inspection extends Pick<Derived, 'unused' | 'unknown'> {
  readonly variables: readonly ReadVariable[];
  readonly faults: readonly string[];
}

/** The only reader of the environment. */
export function inspectEnvironment(env: Environment = process.env): Inspection {
  const variables = readVariables(sections, env);
  const faults = [...variables.flatMap((each) => each.faults), ...contradictionsIn(sections, variables)];
  return { variables, faults, ...strangersIn(env, variables) };
}

/** The checked configuration, by default of this process; throws `ConfigFault` with every fault at once. */
export function readConfig(env?: Environment, isTerminal: boolean = process.stderr.isTTY): Config {
  const { variables: read, faults, unused, unknown } = inspectEnvironment(env);
  if (faults.length > 0) throw new ConfigFault(faults);
  // The sections are what `Values` is made of, and each variable has parsed its own value.
  const values = Object.fromEntries(read.map(({ key, value }) => [key, value])) as unknown as Values;
  return { ...values, ...derived(values, isTerminal), unused, unknown };
}

function derived(values: Values, isTerminal: boolean): Omit<Derived, 'unused' | 'unknown'> {
  const publicUrl = values.publicUrl ?? `http://localhost:${String(values.port)}`;
  return {
    publicUrl,
    publicUrlIsGiven: values.publicUrl !== undefined,
    prettyLogs: values.logFormat === 'pretty' || (values.logFormat === 'auto' && isTerminal),
    showsReference: values.apiDocs === 'on' || (values.apiDocs === 'auto' && isPrivateUrl(publicUrl)),
  };
}

export const unusedText = (name: string): string => `${name} is set, but this version has no use for it yet`;

export const unknownText = ({ name, nearest }: Derived['unknown'][number]): string =>
  `${name} is set, but there is no such setting: ${nearest === null ? 'the settings are listed in docs/operations.md' : `did you mean ${nearest}?`}`;

const strangersIn = (env: Environment, read: readonly ReadVariable[]): Pick<Derived, 'unused' | 'unknown'> => ({
  unused: foreign.filter((name) => (env[name] ?? '') !== ''),
  unknown: unknownNames(
    env,
    read.map(({ variable }) => variable.name),
  ),
});
