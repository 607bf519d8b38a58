import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Comparison } from '../goals.ts';
import { eachOf, login, type Session } from './api.ts';
import type { BenchOptions } from './options.ts';
import { onServerCore, pinToServerCore } from './pinning.ts';
import { fillTeam, nameOf } from './prepared-team.ts';
import { people, type Conversations } from './population.ts';
import { RealServers } from './real-servers.ts';
import type { Running, System } from './running.ts';
import { type Part, type Shape, shapeOf, soloOn } from './shapes.ts';
import { variantCommand } from './variant.ts';
import { confabLaunch, requireFree, StartedProcess } from './started-process.ts';

const firstPort = 21_950;
// Access tokens live 15 minutes at most; a round takes well under five.
const freshForMs = 8 * 60_000;

/**
 * The base and the tested system of a comparison, each with a team of its own on the same servers. The base is one process,
 * or of the same shape without what is named.
 */
export async function fleetSystems(
  { base, tested }: Comparison,
  { topology, store, without }: Pick<BenchOptions, 'topology' | 'store' | 'without'>,
): Promise<System[]> {
  const shape = topology === 'solo' ? soloOn(store) : shapeOf(topology, store, 2);
  const servers = await RealServers.up(shape.servers);
  pinToServerCore(await servers.pids());
  const home = mkdtempSync(path.join(tmpdir(), 'confab-fleet-'));
  const baseShape = without === undefined ? soloOn(topology === 'solo' ? 'postgres' : store) : shape;
  const command = without === 'signatures' ? await variantCommand('unsigned') : undefined;
  return [new FleetSystem(base, { servers, home, shape: baseShape, command }), new FleetSystem(tested, { servers, home, shape })];
}

interface FleetParts {
  readonly servers: RealServers;
  readonly home: string;
  readonly shape: Shape;
  /** Instead of `npm start`. */
  readonly command?: readonly string[] | undefined;
}

class FleetSystem implements System {
  readonly name: string;
  readonly #servers: RealServers;
  readonly #home: string;
  readonly #shape: Shape;
  readonly #command: readonly string[] | undefined;
  readonly #secret = randomBytes(24).toString('base64url');
  #team: { conversations: Conversations; sessions: readonly Session[]; issuedAt: number } | undefined;

  constructor(name: string, { servers, home, shape, command }: FleetParts) {
    this.name = name;
    this.#servers = servers;
    this.#home = path.join(home, name);
    this.#shape = shape;
    this.#command = command;
  }

  async start(): Promise<Running> {
    const ports = this.#shape.parts.map((_, index) => firstPort + index);
    for (const port of ports) await requireFree(port);
    const env = await this.#environment();
    const processes = this.#shape.parts.map((part, index) => this.#launch(part, { ...env, PORT: String(firstPort + index) }));
    const readyMs = Math.max(...(await Promise.all(processes.map((process) => process.ready()))));
    const gateways = ports.filter((_, index) => this.#shape.parts[index]?.isGateway);
    const { sessions, conversations } = await this.#prepared(gateways[0] ?? firstPort);
    return {
      pids: [...processes.map(({ pid }) => pid), ...(await this.#servers.pids(this.#shape.servers))],
      ports: gateways,
      files: 'form',
      population: { tokens: sessions.map(({ accessToken }) => accessToken), conversations },
      readyMs,
      stop: () => Promise.all(processes.map((process) => process.stop())),
    };
  }

  async close(): Promise<void> {
    await this.#servers.down();
    rmSync(this.#home, { recursive: true, force: true });
  }

  /** Where the servers are; on the first start with a database made for this system. */
  async #environment(): Promise<Record<string, string>> {
    const all = await this.#servers.env();
    const own = {
      ...all,
      DATABASE_URL: await databaseFor(this.name, all['DATABASE_URL'] ?? ''),
      MONGO_URL: (all['MONGO_URL'] ?? '').replace(/\/\w+\?/, `/bench_${this.name}?`),
      CONFAB_SECRET: this.#secret,
    };
    const needed = new Set(['DATABASE_URL', 'CONFAB_SECRET', ...this.#shape.servers.map((name) => urlNames[name] ?? '')]);
    return Object.fromEntries(Object.entries(own).filter(([name]) => needed.has(name)));
  }

  #launch({ name, env }: Part, shared: Readonly<Record<string, string>>): StartedProcess {
    const launch = confabLaunch(path.join(this.#home, name), Number(shared['PORT']));
    const url = `http://127.0.0.1:${String(firstPort)}`;
    return new StartedProcess({
      ...launch,
      command: onServerCore(this.#command ?? launch.command),
      env: { ...launch.env, CONFAB_PUBLIC_URL: url, ...shared, ...env },
    });
  }

  async #prepared(port: number) {
    if (!this.#team) {
      const token = this.#shape.parts.map(({ name }) => path.join(this.#home, name, 'setup-token')).find(existsSync);
      if (token === undefined) throw new Error('no process has written a set-up token');
      console.error(`bench: preparing a team of ${String(people)} for ${this.name}`);
      this.#team = { ...(await fillTeam(port, readFileSync(token, 'utf8').trim())), issuedAt: Date.now() };
    }
    if (Date.now() - this.#team.issuedAt > freshForMs) {
      const issuedAt = Date.now();
      this.#team = { ...this.#team, sessions: await eachOf(people, 8, (index) => login(port, nameOf(index))), issuedAt };
    }
    return this.#team;
  }
}

const urlNames: Readonly<Record<string, string>> = { redis: 'REDIS_URL', rabbitmq: 'AMQP_URL', mongodb: 'MONGO_URL' };

async function databaseFor(name: string, url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [`bench_${name}`]);
    if (rowCount === 0) await client.query(`CREATE DATABASE "bench_${name}"`);
  } finally {
    await client.end();
  }
  const own = new URL(url);
  own.pathname = `/bench_${name}`;
  return own.href;
}
