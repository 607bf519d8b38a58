import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Account } from '../faults/account.ts';
import { call, eachOf, password, type Session } from '../rig/api.ts';
import { Balancer } from '../rig/balancer.ts';
import { isPostgres, ownResidentKb, processTree } from '../rig/process-tree.ts';
import { RealServers } from '../rig/real-servers.ts';
import { type Shape, shapeOf, soloOn } from '../rig/shapes.ts';
import { confabLaunch, StartedProcess } from '../rig/started-process.ts';
import type { AttackOptions } from './options.ts';

const firstPort = 21_700;
/** Beside those of the other rigs. */
const portBase = 25_000;

/** A running team with its limits on, and what an attacker and everybody else need to act on it. */
export class Stage {
  /** Where people connect. */
  readonly port: number;
  readonly store: AttackOptions['store'];
  readonly #processes: readonly StartedProcess[];
  readonly #balancer: Balancer | null;
  readonly #servers: RealServers | null;
  #people = 0;

  static async open(options: Pick<AttackOptions, 'topology' | 'store'>, home: string): Promise<Stage> {
    const shape = options.topology === 'solo' ? soloOn(options.store) : shapeOf(options.topology, options.store, 3);
    const isAlone = options.topology === 'solo' && options.store === 'postgres';
    const servers = isAlone ? null : await RealServers.up(shape.servers, portBase);
    const env = servers ? { ...(await servers.env()), CONFAB_SECRET: randomBytes(32).toString('base64url') } : {};
    const processes = launch(shape, env, home);
    await Promise.all(processes.map((process) => process.ready()));
    const entries = shape.parts.flatMap(({ isGateway }, index) => (isGateway ? [firstPort + 1 + index] : []));
    const balancer = entries.length > 1 ? await Balancer.before(entries, firstPort) : null;
    const stage = new Stage(options.store, { port: balancer ? firstPort : entries[0]!, processes, servers, balancer });
    await stage.#setUp(shape, home);
    return stage;
  }

  private constructor(
    store: AttackOptions['store'],
    parts: { port: number; processes: readonly StartedProcess[]; servers: RealServers | null; balancer: Balancer | null },
  ) {
    this.port = parts.port;
    this.store = store;
    this.#processes = parts.processes;
    this.#servers = parts.servers;
    this.#balancer = parts.balancer;
  }

  /** New people of the team, each registered from an address of their own. */
  async people(count: number): Promise<Account[]> {
    return eachOf(count, 2, async () => {
      const number = this.#people++;
      const username = `person${String(number)}`;
      const body = { email: `${username}@example.org`, username, displayName: username, password };
      const address = `198.51.${String(100 + (number >> 8))}.${String(number & 0xff)}`;
      const answer = await call<Session>(this.port, { method: 'POST', path: '/auth/register', body, address });
      return new Account(this.port, username, answer);
    });
  }

  async group(owner: Account, others: readonly Account[]): Promise<string> {
    const body = { kind: 'group', name: `room ${randomUUID().slice(0, 8)}`, memberIds: others.map(({ id }) => id) };
    return (await owner.call<{ id: string }>({ method: 'POST', path: '/conversations', body })).id;
  }

  /** Resident memory of the largest of the team's own processes, databases left out. */
  largestMb(): number {
    const own = this.#processes.flatMap(({ pid }) => processTree(pid).filter((each) => !isPostgres(each)));
    return Math.round(Math.max(...own.map((pid) => ownResidentKb(pid))) / 1024);
  }

  /** What the processes said last, for a failure's message. */
  get lastOutput(): string {
    return this.#processes.map(({ lastWords }) => lastWords).join('\n');
  }

  async close(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()));
    await this.#balancer?.close();
    await this.#servers?.down();
  }

  async #setUp({ parts }: Shape, home: string): Promise<void> {
    const files = parts.map(({ name }) => path.join(home, name, 'setup-token'));
    for (let tries = 0; !files.some(existsSync) && tries < 100; tries++) await sleep(50);
    const file = files.find(existsSync);
    if (file === undefined) throw new Error('no process has written a set-up token');
    const body = {
      token: readFileSync(file, 'utf8').trim(),
      teamName: 'Attacked',
      email: 'owner@example.org',
      username: 'owner',
      password,
    };
    await call(this.port, { method: 'POST', path: '/setup', body, address: '198.51.99.1' });
  }
}

function launch({ parts }: Shape, env: Readonly<Record<string, string>>, home: string): StartedProcess[] {
  return parts.map((part, index) => {
    const dataDir = path.join(home, part.name);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const own = confabLaunch(dataDir, firstPort + 1 + index);
    const limits = {
      CONFAB_RATE_LIMITS: 'default',
      CONFAB_TRUSTED_PROXIES: 'loopback',
      CONFAB_PUBLIC_URL: `http://127.0.0.1:${String(firstPort)}`,
    };
    return new StartedProcess({ ...own, env: { ...own.env, ...env, ...part.env, ...limits } });
  });
}
