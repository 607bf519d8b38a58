import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '../../../test/harness/database.ts';
import { allSettings, settingsChanged } from '../../contracts/admin/settings.ts';
import { type AuthSettings, authSettings } from '../../contracts/auth/team-settings.ts';
import type { Role, User } from '../../contracts/auth/accounts.ts';
import type { SignedIn } from '../../contracts/auth/sessions.ts';
import { eventsOf } from '../../../test/harness/events-of.ts';
import { createUser } from '../../contracts/auth/accounts.ts';
import { logIn } from '../../contracts/auth/sessions.ts';
import { readSetupLink, setUp } from '../../contracts/auth/team.ts';
import { PostgresAudit } from '../../infra/postgres/postgres-audit.ts';
import type { EventDeclaration, Operation, Output, Payload, RawInput } from '../../contracts/define.ts';
import { onLive } from '../../kernel/bus/bus.ts';
import { MemoryBus } from '../../infra/memory/memory-bus.ts';
import { PostgresDeliveries } from '../../infra/postgres/postgres-deliveries.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type Actor, type Context, systemContext } from '../../kernel/context.ts';
import { PgDatabase } from '../../infra/postgres/pg-database.ts';
import type { Kernel } from '../../kernel/module.ts';
import type { Outbox } from '../../kernel/outbox.ts';
import { PostgresOutbox } from '../../infra/postgres/postgres-outbox.ts';
import { PostgresSettings } from '../../infra/postgres/postgres-settings.ts';
import { type Logger, type LogFields, silentLogger } from '../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../infra/telemetry/prometheus-metrics.ts';
import { type AuthConfig, tokenLives } from './config.ts';
import { HeldHasher } from './hasher.fixture.ts';
import { moduleOf, partsOf } from './module.ts';

export const password = 'correct horse battery 9';
export const publicUrl = 'https://chat.example.org';
export const secret = 'the secret of a team of tests';

export type Caller = Partial<Omit<Context, 'actor'>> & { readonly actor?: Actor | null };

export interface Person {
  readonly user: User;
  readonly signedIn: SignedIn;
  readonly actor: Actor;
}

interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
}

/** The module alone, on a database of its own, with a clock that stands still. For tests only. */
export interface AuthBench {
  readonly database: PgDatabase;
  readonly settings: { readonly update: (change: Partial<AuthSettings>) => Promise<unknown> };
  /** `set` moves the wall clock alone, as an administrator does. */
  readonly clock: Clock & { readonly advance: (ms: number) => void; readonly set: (byMs: number) => void };
  readonly dataDir: string;
  readonly log: LogLine[];
  /** Stops passwords between their hash and what is done with it. */
  readonly hasher: HeldHasher;
  /** The exposition of the metrics whose name starts so. */
  metrics(prefix: string): Promise<string>;
  readonly call: <O extends Operation>(operation: O, input: RawInput<O>, caller?: Caller | Person) => Promise<Output<O>>;
  /** Payloads of this event received so far. */
  readonly received: <E extends EventDeclaration>(event: E) => Payload<E>[];
  /** Sets the team up, once. */
  owner(): Promise<Person>;
  /** A new account, signed in. */
  person(username: string, role?: Role): Promise<Person>;
  signIn(login: string, caller?: Caller, deviceToken?: string): Promise<Person>;
  /** Another process on the same database and data directory. Stop it first. */
  another(change?: Partial<AuthConfig>): Promise<AuthBench>;
  stop(): Promise<void>;
}

export async function openAuthBench(change: Partial<AuthConfig> = {}): Promise<AuthBench> {
  const test = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'confab-auth-'));
  const bench = await openProcess({ url: test.url, dataDir, change });
  const stop = async (): Promise<void> => {
    await bench.stop();
    await test.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...bench, stop };
}

interface Process {
  readonly url: string;
  readonly dataDir: string;
  readonly change: Partial<AuthConfig>;
}

async function openProcess({ url, dataDir, change }: Process): Promise<AuthBench> {
  const app = await openKernel(url);
  const config = { ...tokenLives, publicUrl, dataDir, secret, version: '0.0.0', bcryptCost: 4, throttling: 'on' as const, ...change };
  const parts = partsOf(app.kernel, config);
  const hasher = new HeldHasher(parts.passwords);
  const module = moduleOf({ ...parts, passwords: hasher });
  for (const implementation of module.implements) app.bus.serve(implementation);
  const received = listenToAll(app.bus);
  await module.start?.();
  return peopleOn({
    database: app.database,
    settings: { update: (change) => app.settings.update(authSettings, change) },
    clock: app.clock,
    dataDir,
    hasher,
    log: app.log,
    metrics: async (prefix) =>
      (await app.kernel.metrics.expose()).body
        .split('\n')
        .filter((line) => line.startsWith(prefix))
        .join('\n'),
    call: (operation, input, caller = {}) => app.bus.call(operation, input, contextFor(caller)),
    another: (otherwise = change) => openProcess({ url, dataDir, change: otherwise }),
    received: <E extends EventDeclaration>(event: E) => (received.get(event.name) ?? []) as Payload<E>[],
    stop: async () => {
      await module.stop?.();
      await app.kernel.outbox.stop();
      await app.bus.stop();
      await app.database.close();
    },
  });
}

async function openKernel(url: string) {
  const clock = standingClock();
  const { logger, log } = rememberingLogger();
  // The outbox needs the database and the database the outbox.
  const database = new PgDatabase({ url, outbox: () => outbox, logger: silentLogger, poolSize: 5 });
  const deliveries = new PostgresDeliveries(database);
  const bus = new MemoryBus({ deliveries, logger, strict: true });
  const outbox: Outbox = new PostgresOutbox({ database, bus, deliveries, logger, relays: true });
  const settings = new PostgresSettings({
    database,
    all: allSettings,
    initial: { ...allSettings.defaults, registration: 'open' },
    publish: (tx, changed) => {
      tx.publish(settingsChanged, { settings: changed });
    },
  });
  await settings.start();
  const unused = {} as Pick<Kernel, 'jobs' | 'health' | 'disk'>;
  const kernel: Kernel = {
    ...unused,
    bus,
    audit: new PostgresAudit(database, clock),
    database,
    mongo: null,
    redis: null,
    outbox,
    deliveries,
    settings,
    logger,
    clock,
    metrics: createMetrics(),
    nodeId: 'bench',
  };
  return { kernel, bus, database, settings, clock, log };
}

function peopleOn(base: Omit<AuthBench, 'owner' | 'person' | 'signIn'>): AuthBench {
  let owner: Promise<Person> | null = null;
  const signIn = async (login: string, caller: Caller = {}, deviceToken?: string) =>
    toPerson(await base.call(logIn, { login, password, ...(deviceToken === undefined ? {} : { deviceToken }) }, caller));
  const setTeamUp = async (): Promise<Person> => {
    const { token } = await base.call(readSetupLink, {});
    const input = { token: token ?? '', teamName: 'Test team', email: 'olga@example.org', username: 'olga', password };
    return toPerson(await base.call(setUp, input));
  };
  return {
    ...base,
    signIn,
    owner: () => (owner ??= setTeamUp()),
    person: async (username, role = 'member') => {
      await base.call(createUser, { email: `${username}@example.org`, username, password, role });
      return signIn(username);
    },
  };
}

function toPerson(signedIn: SignedIn): Person {
  const claims = JSON.parse(Buffer.from(signedIn.accessToken.split('.')[1] ?? '', 'base64url').toString('utf8')) as { sid: string };
  const { user } = signedIn;
  return { user, signedIn, actor: { userId: user.id, sessionId: claims.sid, role: user.role } };
}

/** As the gateway asks behind a row of the audit log. */
function contextFor(caller: Caller | Person): Context {
  const asked = { ...systemContext(), transport: 'http', address: '192.0.2.1', device: 'a browser', isAudited: true } as const;
  return 'user' in caller ? { ...asked, actor: caller.actor } : { ...asked, ...caller };
}

function listenToAll(bus: MemoryBus): ReadonlyMap<string, unknown[]> {
  const received = new Map<string, unknown[]>();
  for (const event of eventsOf('auth')) {
    const payloads: unknown[] = [];
    received.set(event.name, payloads);
    bus.subscribe(onLive(event, 'bench', ({ payload }) => void payloads.push(payload)));
  }
  return received;
}

function standingClock(): AuthBench['clock'] {
  let now = Date.UTC(2026, 10, 25, 12);
  let setBy = 0;
  return {
    now: () => now + setBy,
    timestamp: () => new Date(now + setBy).toISOString(),
    monotonic: () => now,
    advance: (ms) => {
      now += ms;
    },
    set: (byMs) => {
      setBy += byMs;
    },
  };
}

function rememberingLogger(): { logger: Logger; log: LogLine[] } {
  const log: LogLine[] = [];
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      void log.push({ level, message, fields });
  const logger: Logger = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error'), child: () => logger };
  return { logger, log };
}
