import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { EmailDomain, RegistrationMode } from '../contracts/auth/registration.ts';
import { isPrivateUrl } from '../kernel/network.ts';
import { amqpAddress, databaseAddress, list, listenAddress, mongoAddress, redisAddress, trustedProxies } from './addresses.ts';
import { secretFault, secretRemedy } from './secret-strength.ts';

export const moduleNames = ['auth', 'chat', 'presence', 'admin'] as const;
export const transportNames = ['http', 'socket'] as const;

/** A list that may be empty on purpose. */
const listOrNone = <T extends string>(names: readonly [T, ...T[]]) =>
  z
    .string()
    .transform((text) => (text.trim() === 'none' ? '' : text))
    .pipe(listOf(names));
const listOf = <T extends string>(names: readonly [T, ...T[]]) =>
  z
    .string()
    .transform(list)
    .pipe(z.array(z.enum(names)));
const origin = z
  .url({ protocol: /^https?$/, error: 'must be a whole address, as https://chat.example.org' })
  .transform((url) => ({ url: url.replace(/\/+$/, ''), origin: new URL(url).origin }))
  .refine(({ url }) => !/[/?#@]/.test(url.slice(url.indexOf('//') + 2)), 'must be scheme, host and port only, as https://chat.example.org')
  .transform(({ origin }) => origin);

/** Every variable the program reads, as text; absent ones take the default beside them. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  CONFAB_HOST: listenAddress.optional(),
  CONFAB_DATA_DIR: z.string().min(1).default('./data'),
  CONFAB_PUBLIC_URL: origin.optional(),
  CONFAB_ALLOWED_ORIGINS: z.string().transform(list).pipe(z.array(origin)).default([]),
  CONFAB_REGISTRATION: RegistrationMode.default('invite'),
  CONFAB_EMAIL_DOMAINS: z.string().transform(list).pipe(z.array(EmailDomain)).default([]),
  CONFAB_RATE_LIMITS: z.enum(['default', 'off']).default('default'),
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
  CONFAB_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  CONFAB_LOG_FORMAT: z.enum(['auto', 'json', 'pretty']).default('auto'),
  CONFAB_METRICS_TOKEN: z.string().min(8, 'must have at least 8 characters').optional(),
  CONFAB_API_DOCS: z.enum(['auto', 'on', 'off']).default('auto'),
  CONFAB_BCRYPT_COST: z.coerce.number().int().min(4).max(15).default(12),
  CONFAB_FAST_LANE: z.enum(['on', 'off']).default('on'),
  CONFAB_STRICT_BUS: z.enum(['on', 'off']).default('off'),
  CONFAB_INGEST: z.enum(['direct', 'queue']).default('direct'),
  CONFAB_JOBS: z.enum(['postgres', 'redis']).default('postgres'),
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
  readonly unknown: readonly string[];
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

/** The only reader of the environment. Each variable may also be given as `NAME_FILE`, a path to a file that holds it. */
export function readConfig(env: Variables = process.env, isTerminal: boolean = process.stderr.isTTY): Config {
  const faults: string[] = [];
  const values = Object.fromEntries(Object.keys(Environment.shape).map((name) => [name, valueOf(name, env, faults)]));
  const parsed = Environment.safeParse(values);
  if (!parsed.success) faults.push(...parsed.error.issues.map(faultOf));
  if (parsed.success) faults.push(...contradictions(parsed.data));
  if (!parsed.success || faults.length > 0) throw new ConfigFault(faults);
  const unused = foreign.filter((name) => (env[name] ?? '') !== '');
  return { ...configOf(parsed.data, isTerminal), unused, unknown: Object.keys(env).filter(isUnknown) };
}

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

const faultOf = (issue: z.core.$ZodIssue): string => `${issue.path.map(String).join('.')}: ${issue.message}`;

type Parsed = z.output<typeof Environment>;

function contradictions(env: Parsed): string[] {
  const { CONFAB_REGISTRATION, REDIS_URL, AMQP_URL, DATABASE_URL, CONFAB_SECRET, CONFAB_JOBS, CONFAB_INGEST } = env;
  const meetingPoint = REDIS_URL === undefined ? AMQP_URL && 'AMQP_URL' : 'REDIS_URL';
  return [
    ...splitFaults(env),
    ...(CONFAB_REGISTRATION === 'domain'
      ? [
          'CONFAB_REGISTRATION is domain, which keeps nobody out: addresses are not confirmed. Set it to invite (and send invites), open or closed.',
        ]
      : []),
    ...(CONFAB_JOBS === 'redis' && REDIS_URL === undefined ? ['CONFAB_JOBS is redis: say which in REDIS_URL, as redis://host:6379.'] : []),
    ...(CONFAB_INGEST === 'queue' && AMQP_URL === undefined
      ? ['CONFAB_INGEST is queue: name the RabbitMQ where messages wait in AMQP_URL, as amqp://user:password@host/team.']
      : []),
    ...(meetingPoint !== undefined && DATABASE_URL !== undefined && CONFAB_SECRET === undefined && !isSplit(env)
      ? [`${meetingPoint} and DATABASE_URL make this one of several nodes: give all of them one CONFAB_SECRET (${secretRemedy}).`]
      : []),
  ];
}

const missingModules = ({ CONFAB_MODULES }: Parsed): string[] => moduleNames.filter((name) => !CONFAB_MODULES.includes(name));
const isSplit = (env: Parsed): boolean => missingModules(env).length > 0;

/** What the processes of a split team must have in common. */
function splitFaults(env: Parsed): string[] {
  if (!isSplit(env)) return [];
  const split = `CONFAB_MODULES leaves ${missingModules(env).join(', ')} to other processes`;
  const remedies = {
    AMQP_URL: 'name the RabbitMQ where they meet in AMQP_URL',
    DATABASE_URL: 'give all of them one DATABASE_URL',
    CONFAB_SECRET: `give all of them one CONFAB_SECRET (${secretRemedy})`,
    CONFAB_PUBLIC_URL: 'give all of them one CONFAB_PUBLIC_URL, which access tokens name',
  } as const;
  const names = Object.keys(remedies) as (keyof typeof remedies)[];
  return [
    ...names.filter((name) => env[name] === undefined).map((name) => `${split}: ${remedies[name]}.`),
    ...(env.CONFAB_MODULES.length + env.CONFAB_TRANSPORTS.length === 0
      ? ['CONFAB_MODULES and CONFAB_TRANSPORTS are both none: this process would have nothing to do.']
      : []),
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
