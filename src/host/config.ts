import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { EmailDomain, RegistrationMode } from '../contracts/auth/registration.ts';
import { isPrivateUrl } from '../kernel/network.ts';
import { amqpAddress, databaseAddress, list, listenAddress, mongoAddress, redisAddress, trustedProxies } from './addresses.ts';
import { nearestName } from './nearest-name.ts';
import { secretFault, secretRemedy } from './secret-strength.ts';

export const moduleNames = ['auth', 'chat', 'presence', 'admin'] as const;
export const transportNames = ['http', 'socket'] as const;

/** One of some words. */
const choice = <const T extends readonly string[]>(...names: T) => z.enum(names, { error: ({ input }) => notOneOf(String(input), names) });

/** Words between commas, in which each must be one of `names`; `none` is a list that is empty on purpose. */
const listOrNone = <T extends string>(names: readonly T[]) =>
  z.string().transform((text, { issues }) => {
    const items = text.trim() === 'none' ? [] : list(text);
    for (const item of items) if (!isOneOf(item, names)) issues.push({ code: 'custom', message: notOneOf(item, names), input: '' });
    return items.filter((item) => isOneOf(item, names));
  });

const isOneOf = <T extends string>(text: string, names: readonly T[]): text is T => (names as readonly string[]).includes(text);
const notOneOf = (text: string, names: readonly string[]): string => `${JSON.stringify(text)} is not one of ${names.join(', ')}`;

const wholeNumber = (least: number, most: number) =>
  z.string().transform((text, { issues }) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      issues.push({
        code: 'custom',
        message: `${JSON.stringify(text)} is not a whole number from ${String(least)} to ${String(most)}`,
        input: '',
      });
    return number;
  });

const origin = z
  .url({ protocol: /^https?$/, error: 'must be a whole address, as https://chat.example.org' })
  .transform((url) => ({ url: url.replace(/\/+$/, ''), origin: new URL(url).origin }))
  .refine(({ url }) => !/[/?#@]/.test(url.slice(url.indexOf('//') + 2)), 'must be scheme, host and port only, as https://chat.example.org')
  .transform(({ origin }) => origin);

/** Every variable the program reads, as text; absent ones take the default beside them. */
const Environment = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  CONFAB_HOST: listenAddress.optional(),
  CONFAB_DATA_DIR: z.string().min(1).default('./data'),
  CONFAB_PUBLIC_URL: origin.optional(),
  CONFAB_ALLOWED_ORIGINS: z.string().transform(list).pipe(z.array(origin)).default([]),
  CONFAB_REGISTRATION: choice(...RegistrationMode.options).default('invite'),
  CONFAB_EMAIL_DOMAINS: z.string().transform(list).pipe(z.array(EmailDomain)).default([]),
  CONFAB_RATE_LIMITS: choice('default', 'off').default('default'),
  CONFAB_TRUSTED_PROXIES: trustedProxies.default([]),
  CONFAB_MODULES: listOrNone(moduleNames).default([...moduleNames]),
  CONFAB_TRANSPORTS: listOrNone(transportNames).default([...transportNames]),
  CONFAB_SECRET: z
    .string()
    .check(({ value, issues }) => {
      const fault = secretFault(value);
      if (fault !== null) issues.push({ code: 'custom', message: fault, input: '' });
    })
    .optional(),
  CONFAB_LOG_LEVEL: choice('debug', 'info', 'warn', 'error').default('info'),
  CONFAB_LOG_FORMAT: choice('auto', 'json', 'pretty').default('auto'),
  CONFAB_METRICS_TOKEN: z.string().min(8, 'must have at least 8 characters').optional(),
  CONFAB_API_DOCS: choice('auto', 'on', 'off').default('auto'),
  CONFAB_BCRYPT_COST: wholeNumber(4, 15).default(12),
  CONFAB_FAST_LANE: choice('on', 'off').default('on'),
  CONFAB_STRICT_BUS: choice('on', 'off').default('off'),
  CONFAB_INGEST: choice('direct', 'queue').default('direct'),
  CONFAB_JOBS: choice('postgres', 'redis').default('postgres'),
  REDIS_URL: redisAddress.optional(),
  AMQP_URL: amqpAddress.optional(),
  MONGO_URL: mongoAddress.optional(),
  DATABASE_URL: databaseAddress.optional(),
  CONFAB_PROMOTE_URL: z.union([databaseAddress, mongoAddress], 'must be postgresql://… or mongodb://…').optional(),
});

/** Settings of capabilities that this version does not have yet. */
const foreign = [
  'S3_ENDPOINT',
  'AZURE_STORAGE_CONNECTION_STRING',
  'SMTP_URL',
  'TURN_URLS',
  'SFU_URL',
  'FCM_CREDENTIALS',
  'ELASTICSEARCH_URL',
  'CLAMAV_URL',
];

export interface Config {
  readonly port: number;
  readonly host: string | undefined;
  readonly dataDir: string;
  readonly publicUrl: string;
  readonly publicUrlIsGiven: boolean;
  readonly allowedOrigins: readonly string[];
  readonly registration: RegistrationMode;
  readonly emailDomains: readonly string[];
  readonly rateLimits: 'default' | 'off';
  readonly trustedProxies: readonly string[];
  readonly modules: readonly (typeof moduleNames)[number][];
  readonly transports: readonly (typeof transportNames)[number][];
  readonly secret: string | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly prettyLogs: boolean;
  readonly metricsToken: string | null;
  readonly showsReference: boolean;
  readonly bcryptCost: number;
  readonly fastLane: boolean;
  readonly strictBus: boolean;
  readonly databaseUrl: string | undefined;
  /** Where `confab promote` moves to. */
  readonly promoteUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly mongoUrl: string | undefined;
  readonly jobs: 'postgres' | 'redis';
  /** Whether messages for another process wait at RabbitMQ until they are stored. */
  readonly ingest: 'direct' | 'queue';
  readonly amqpUrl: string | undefined;
  /** Variables that are set and that this version has no use for. */
  readonly unused: readonly string[];
  /** Variables that begin like ours and that no version knows: a name is misspelt. */
  readonly unknown: readonly { readonly name: string; readonly nearest: string | null }[];
}

/** Thrown with every fault of the environment at once. */
export class ConfigFault extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${String(faults.length)} faults`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

type Name = keyof typeof Environment.shape;
const names = Object.keys(Environment.shape) as Name[];

/** The only reader of the environment. Each variable may also be given as `NAME_FILE`, a path to a file that holds it. */
export function readConfig(env: Variables = process.env, isTerminal: boolean = process.stderr.isTTY): Config {
  const faults: string[] = [];
  const values: Partial<Record<Name, string>> = {};
  const faulty = new Set<Name>();
  for (const name of names) {
    const { value, faults: found } = read(name, env);
    faults.push(...found);
    if (found.length > 0) faulty.add(name);
    else if (value !== undefined) values[name] = value;
  }
  const parsed = Environment.parse(values);
  // What cannot be read is named already: nothing more is said of it.
  faults.push(...contradictions(parsed).flatMap(({ between, fault }) => (between.some((name) => faulty.has(name)) ? [] : fault)));
  if (faults.length > 0) throw new ConfigFault(faults);
  const unused = foreign.filter((name) => (env[name] ?? '') !== '');
  return { ...configOf(parsed, isTerminal), unused, unknown: unknownIn(env) };
}

/** The text of a variable, and everything that is wrong with it. */
function read(name: Name, env: Variables): { value: string | undefined; faults: string[] } {
  const faults: string[] = [];
  const value = valueOf(name, env, faults);
  const { error } = Environment.shape[name].safeParse(value);
  return { value, faults: [...faults, ...(error?.issues ?? []).map(({ message }) => `${name}: ${message}`)] };
}

const unknownIn = (env: Variables): Config['unknown'] =>
  Object.keys(env)
    .filter(isUnknown)
    .map((name) => ({ name, nearest: nearestName(name, names) }));

/** Those of the tests and of the services beside them are nobody's mistake. */
const isUnknown = (name: string): boolean =>
  /^CONFAB_(?!TEST_|REQUIRE_|SERVICES_)/.test(name) && !Object.hasOwn(Environment.shape, name.replace(/_FILE$/, ''));

function valueOf(name: string, env: Variables, faults: string[]): string | undefined {
  // A file of variables may end its lines with CR; an empty one is one that is not set.
  const trimmed = env[name]?.trim();
  const value = trimmed === '' ? undefined : trimmed;
  if (value !== undefined && /^(["']).*\1$/s.test(value)) faults.push(`${name} is written in quotes: leave them out.`);
  const path = env[`${name}_FILE`];
  if (path === undefined || path === '') return value;
  if (value !== undefined) faults.push(`${name} and ${name}_FILE are both set: keep one.`);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    faults.push(`${name}_FILE: ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
    return undefined;
  }
}

type Parsed = z.output<typeof Environment>;

/** What does not hold together, and the variables between which it does not. */
interface Contradiction {
  readonly between: readonly Name[];
  readonly fault: string;
}

function contradictions(env: Parsed): Contradiction[] {
  const { CONFAB_REGISTRATION, REDIS_URL, AMQP_URL, DATABASE_URL, CONFAB_SECRET, CONFAB_JOBS, CONFAB_INGEST } = env;
  const meetingPoint = REDIS_URL === undefined ? AMQP_URL && 'AMQP_URL' : 'REDIS_URL';
  const all: readonly (Contradiction & { readonly holds: boolean })[] = [
    {
      between: ['CONFAB_REGISTRATION'],
      holds: CONFAB_REGISTRATION === 'domain',
      fault:
        'CONFAB_REGISTRATION is domain, which keeps nobody out: addresses are not confirmed. Set it to invite (and send invites), open or closed.',
    },
    {
      between: ['CONFAB_JOBS', 'REDIS_URL'],
      holds: CONFAB_JOBS === 'redis' && REDIS_URL === undefined,
      fault: 'CONFAB_JOBS is redis: say which in REDIS_URL, as redis://host:6379.',
    },
    {
      between: ['CONFAB_INGEST', 'AMQP_URL'],
      holds: CONFAB_INGEST === 'queue' && AMQP_URL === undefined,
      fault: 'CONFAB_INGEST is queue: name the RabbitMQ where messages wait in AMQP_URL, as amqp://user:password@host/team.',
    },
    {
      between: ['REDIS_URL', 'AMQP_URL', 'DATABASE_URL', 'CONFAB_SECRET', 'CONFAB_MODULES'],
      holds: meetingPoint !== undefined && DATABASE_URL !== undefined && CONFAB_SECRET === undefined && !isSplit(env),
      fault: `${String(meetingPoint)} and DATABASE_URL make this one of several nodes: give all of them one CONFAB_SECRET (${secretRemedy}).`,
    },
  ];
  return [...splitFaults(env), ...all.filter(({ holds }) => holds)];
}

const missingModules = ({ CONFAB_MODULES }: Parsed): string[] => moduleNames.filter((name) => !CONFAB_MODULES.includes(name));
const isSplit = (env: Parsed): boolean => missingModules(env).length > 0;

/** What the processes of a split team must have in common. */
function splitFaults(env: Parsed): Contradiction[] {
  if (!isSplit(env)) return [];
  const split = `CONFAB_MODULES leaves ${missingModules(env).join(', ')} to other processes`;
  const remedies = {
    AMQP_URL: 'name the RabbitMQ where they meet in AMQP_URL',
    DATABASE_URL: 'give all of them one DATABASE_URL',
    CONFAB_SECRET: `give all of them one CONFAB_SECRET (${secretRemedy})`,
    CONFAB_PUBLIC_URL: 'give all of them one CONFAB_PUBLIC_URL, which access tokens name',
  } as const;
  const shared = (Object.keys(remedies) as (keyof typeof remedies)[]).filter((name) => env[name] === undefined);
  const nothingToDo: Contradiction = {
    between: ['CONFAB_MODULES', 'CONFAB_TRANSPORTS'],
    fault: 'CONFAB_MODULES and CONFAB_TRANSPORTS are both none: this process would have nothing to do.',
  };
  return [
    ...shared.map((name): Contradiction => ({ between: ['CONFAB_MODULES', name], fault: `${split}: ${remedies[name]}.` })),
    ...(env.CONFAB_MODULES.length + env.CONFAB_TRANSPORTS.length === 0 ? [nothingToDo] : []),
  ];
}

function configOf(env: Parsed, isTerminal: boolean): Omit<Config, 'unused' | 'unknown'> {
  const publicUrl = env.CONFAB_PUBLIC_URL ?? `http://localhost:${String(env.PORT)}`;
  return {
    port: env.PORT,
    host: env.CONFAB_HOST,
    dataDir: resolve(env.CONFAB_DATA_DIR),
    publicUrl,
    publicUrlIsGiven: env.CONFAB_PUBLIC_URL !== undefined,
    allowedOrigins: env.CONFAB_ALLOWED_ORIGINS,
    registration: env.CONFAB_REGISTRATION,
    emailDomains: env.CONFAB_EMAIL_DOMAINS,
    rateLimits: env.CONFAB_RATE_LIMITS,
    trustedProxies: env.CONFAB_TRUSTED_PROXIES,
    modules: env.CONFAB_MODULES,
    transports: env.CONFAB_TRANSPORTS,
    secret: env.CONFAB_SECRET,
    logLevel: env.CONFAB_LOG_LEVEL,
    prettyLogs: env.CONFAB_LOG_FORMAT === 'pretty' || (env.CONFAB_LOG_FORMAT === 'auto' && isTerminal),
    metricsToken: env.CONFAB_METRICS_TOKEN ?? null,
    // On a public origin the reference of the API is shown only when asked for.
    showsReference: env.CONFAB_API_DOCS === 'on' || (env.CONFAB_API_DOCS === 'auto' && isPrivateUrl(publicUrl)),
    bcryptCost: env.CONFAB_BCRYPT_COST,
    fastLane: env.CONFAB_FAST_LANE === 'on',
    strictBus: env.CONFAB_STRICT_BUS === 'on',
    databaseUrl: env.DATABASE_URL,
    promoteUrl: env.CONFAB_PROMOTE_URL,
    redisUrl: env.REDIS_URL,
    mongoUrl: env.MONGO_URL,
    jobs: env.CONFAB_JOBS,
    ingest: env.CONFAB_INGEST,
    amqpUrl: env.AMQP_URL,
  };
}
