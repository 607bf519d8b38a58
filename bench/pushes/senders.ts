import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { embeddedUrl } from '../rig/embedded-url.ts';
import { isAlive, isServerNode, processTree } from '../rig/process-tree.ts';
import { RealServers } from '../rig/real-servers.ts';
import { root } from '../rig/running.ts';
import { confabLaunch, signal, StartedProcess } from '../rig/started-process.ts';

export const topologies = ['solo', 'split'] as const;
export type Topology = (typeof topologies)[number];

/** A team, of which one process sends pushes. */
export interface SendingTeam {
  readonly port: number;
  setupToken(): string;
  database(): string;
  /** SIGKILL, at once. */
  kill(): void;
  /** Once the killed process is gone starts it again; resolves with the milliseconds until it was ready. */
  again(): Promise<number>;
  end(): Promise<void>;
}

interface Place {
  /** The next one is taken as well. */
  readonly port: number;
  /** An empty directory. */
  readonly home: string;
}

/** What `npm start` runs: npm itself takes longer to start than the server. */
const command = [process.execPath, path.join(root, 'scripts/start.mjs')];
const withPushes = { CONFAB_PUSH_ALLOW_PRIVATE: 'on', MAIL_FROM: 'team@example.org' };

export const openSenders = (topology: Topology, place: Place): Promise<SendingTeam> => (topology === 'solo' ? solo(place) : split(place));

/** One process with its database, whose modules meet in memory. */
async function solo({ port, home }: Place): Promise<SendingTeam> {
  const launch = confabLaunch(home, port);
  const sender = await Killable.start({ ...launch, command, env: { ...launch.env, ...withPushes } });
  return {
    port,
    setupToken: () => readFileSync(path.join(home, 'setup-token'), 'utf8').trim(),
    database: () => embeddedUrl(home),
    kill: () => sender.kill(),
    again: () => sender.again(),
    end: () => sender.end(),
  };
}

/** Notifications in a process of their own, which meets the other one at RabbitMQ. */
async function split({ port, home }: Place): Promise<SendingTeam> {
  const servers = await RealServers.up(['postgres', 'rabbitmq'], Number(process.env['CONFAB_SERVICES_PORT_BASE'] ?? 27_000));
  const shared: Readonly<Record<string, string>> = {
    ...(await servers.env()),
    ...withPushes,
    CONFAB_SECRET: randomBytes(24).toString('base64url'),
    CONFAB_PUBLIC_URL: `http://127.0.0.1:${String(port)}`,
  };
  const part = (name: string, at: number, env: Readonly<Record<string, string>>) => {
    const dataDir = path.join(home, name);
    mkdirSync(dataDir, { recursive: true });
    const launch = confabLaunch(dataDir, at);
    return { ...launch, command, env: { ...launch.env, ...shared, ...env } };
  };
  const rest = new StartedProcess(part('rest', port, { CONFAB_MODULES: 'admin,auth,chat,media,presence' }));
  const own = part('notifications', port + 1, { CONFAB_MODULES: 'notifications', CONFAB_TRANSPORTS: 'none' });
  const [sender] = await Promise.all([Killable.start(own), rest.ready()]);
  return {
    port,
    setupToken: () => {
      const file = ['rest', 'notifications'].map((name) => path.join(home, name, 'setup-token')).find(existsSync);
      return readFileSync(file ?? 'no set-up token', 'utf8').trim();
    },
    database: () => shared['DATABASE_URL'] ?? '',
    kill: () => sender.kill(),
    again: () => sender.again(),
    end: async () => {
      await sender.end();
      await rest.stop();
      await servers.down();
    },
  };
}

type Launch = StartedProcess['launch'];

/** A process that is killed and started again. */
class Killable {
  readonly #launch: Launch;
  #process: StartedProcess;
  #servers: readonly number[] = [];

  static async start(launch: Launch): Promise<Killable> {
    const one = new Killable(launch);
    await one.#ready();
    return one;
  }

  private constructor(launch: Launch) {
    this.#launch = launch;
    this.#process = new StartedProcess(launch);
  }

  /** Its database, where it has one of its own, ends by itself then. */
  kill(): void {
    signal(this.#servers, 'SIGKILL');
  }

  async again(): Promise<number> {
    await this.#process.died();
    while (this.#servers.some(isAlive)) await sleep(5);
    this.#process = new StartedProcess(this.#launch);
    return this.#ready();
  }

  async end(): Promise<void> {
    await this.#process.stop();
  }

  async #ready(): Promise<number> {
    const readyMs = await this.#process.ready();
    this.#servers = processTree(this.#process.pid).filter(isServerNode);
    return readyMs;
  }
}

/** Rows of the pipeline that are not at their end. */
export async function waitingRows(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ count: string }>(
      `SELECT (SELECT count(*) FROM notifications.inbox) +
         (SELECT count(*) FROM notifications.deliveries WHERE state = 'waiting' AND channel = 'push') AS count`,
    );
    return Number(rows[0]?.count);
  } finally {
    await client.end();
  }
}
