import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Balancer } from '../rig/balancer.ts';
import { errorText } from '../rig/error-text.ts';
import { residentKb } from '../rig/process-tree.ts';
import type { Part } from '../rig/shapes.ts';
import type { RealServers } from '../rig/real-servers.ts';
import { confabLaunch, killTree, StartedProcess } from '../rig/started-process.ts';
import type { Kill, FaultInjector } from './fault-injector.ts';

export interface FleetPlan {
  readonly members: readonly Part[];
  readonly servers: RealServers;
  /** A server to crash too, in the middle of the kills. */
  readonly crash: { readonly name: string; readonly stopsSends: boolean };
  /** How long it stays away. */
  readonly awayMs: number;
  /** Sends acked so far. */
  readonly acked: () => number;
  readonly kills: number;
  /** From one kill to the next. */
  readonly everyMs: number;
  /** Where people connect; the members listen on the ports above it. */
  readonly port: number;
  /** An empty directory. */
  readonly home: string;
}

const giveUpMs = 60_000;

/** Several processes of one team behind a balancer, killed in turns while the others go on. */
export class Fleet implements FaultInjector {
  readonly kills: Kill[] = [];
  readonly #plan: FleetPlan;
  readonly #running = new Map<Part, StartedProcess>();
  #balancer: Balancer | undefined;
  #nextStrikeAt = 0;
  #turn = 0;

  static async start(plan: FleetPlan): Promise<Fleet> {
    const fleet = new Fleet(plan);
    await fleet.startAgain();
    const gateways = plan.members.flatMap((member, index) => (member.isGateway ? [fleet.#portOf(index)] : []));
    fleet.#balancer = await Balancer.before(gateways, plan.port);
    return fleet;
  }

  private constructor(plan: FleetPlan) {
    this.#plan = plan;
  }

  get lastWords(): string {
    return [...this.#running].map(([{ name }, process]) => `${name}:\n${process.lastWords}`).join('\n');
  }

  setupToken(): string {
    const file = this.#plan.members.map((member) => path.join(this.#homeOf(member), 'setup-token')).find(existsSync);
    if (file === undefined) throw new Error('no process has written a set-up token');
    return readFileSync(file, 'utf8').trim();
  }

  async strike(): Promise<Kill> {
    const now = performance.now();
    await sleep(Math.max(0, this.#nextStrikeAt - now));
    this.#nextStrikeAt = performance.now() + this.#plan.everyMs;
    const { members, kills, crash } = this.#plan;
    const isCrash = this.kills.length === Math.ceil(kills / 2);
    const back = isCrash ? await this.#crash(crash) : await this.killMember(members[this.#turn++ % members.length]!);
    const afterMs = this.kills.length === 0 ? 0 : this.#plan.everyMs;
    const kill: Kill = { phase: 'working', afterMs, healed: false, postmasters: 1, ...back };
    this.kills.push(kill);
    return kill;
  }

  /** Kills one that people are connected to, in one moment with what `meanwhile` does. */
  async killGateway(meanwhile: () => void): Promise<void> {
    const gateway = this.#plan.members.findLast(({ isGateway }) => isGateway);
    if (!gateway) throw new Error('no member is a gateway');
    await this.killMember(gateway, meanwhile);
  }

  async killMember(member: Part, meanwhile: () => void = () => undefined): Promise<Pick<Kill, 'victim' | 'readyMs' | 'trouble'>> {
    const process = this.#running.get(member);
    if (process) {
      const died = process.kill();
      meanwhile();
      await died;
    }
    return { victim: member.name, ...(await this.#start(member)) };
  }

  async stop(): Promise<{ code: number | null; left: number }> {
    const codes = await Promise.all([...this.#running.values()].map((process) => process.stop()));
    return { code: codes.find((code) => code !== 0) ?? 0, left: 0 };
  }

  async startAgain(): Promise<void> {
    // At once: one of them migrates, and the others wait for it.
    const backs = await Promise.all(this.#plan.members.map((member) => this.#start(member)));
    const trouble = backs.map((back) => back.trouble).find((text) => text !== undefined);
    if (trouble !== undefined) throw new Error(trouble);
  }

  async end(): Promise<void> {
    for (const process of this.#running.values()) killTree(process.pid);
    await this.#balancer?.close();
    await this.#plan.servers.down();
  }

  async #start(member: Part): Promise<Pick<Kill, 'readyMs' | 'trouble'>> {
    const home = this.#homeOf(member);
    mkdirSync(home, { recursive: true });
    const launch = confabLaunch(home, this.#portOf(this.#plan.members.indexOf(member)));
    const url = `http://127.0.0.1:${String(this.#plan.port)}`;
    const process = new StartedProcess({ ...launch, env: { ...launch.env, CONFAB_PUBLIC_URL: url, ...member.env } });
    this.#running.set(member, process);
    try {
      return { readyMs: await process.ready(giveUpMs), trouble: undefined };
    } catch (error) {
      return { readyMs: giveUpMs, trouble: errorText(error) };
    }
  }

  /** Ready means that every process has it back. */
  async #crash({ name, stopsSends }: FleetPlan['crash']): Promise<Pick<Kill, 'victim' | 'readyMs' | 'outage' | 'trouble'>> {
    const { servers, awayMs, acked } = this.#plan;
    const ackedBefore = acked();
    const diedAt = performance.now();
    await servers.kill(name);
    await sleep(awayMs);
    const outage = {
      ms: Math.round(performance.now() - diedAt),
      acked: stopsSends ? undefined : acked() - ackedBefore,
      largestMb: this.#largestMb(),
    };
    const repairedAt = performance.now();
    await servers.repair(name);
    const ports = [...this.#running.keys()].map((member) => this.#portOf(this.#plan.members.indexOf(member)));
    while (!(await Promise.all(ports.map((port) => hasBack(port, name)))).every(Boolean)) {
      if (performance.now() - repairedAt > giveUpMs)
        return { victim: name, readyMs: giveUpMs, outage, trouble: `${name} was not found again` };
      await sleep(50);
    }
    return { victim: name, readyMs: Math.round(performance.now() - repairedAt), outage, trouble: undefined };
  }

  #largestMb(): number {
    return Math.round(Math.max(...[...this.#running.values()].map(({ pid }) => residentKb(pid))) / 1024);
  }

  #homeOf({ name }: Part): string {
    return path.join(this.#plan.home, name);
  }

  #portOf(index: number): number {
    return this.#plan.port + 1 + index;
  }
}

async function hasBack(port: number, name: string): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/health/ready`, { signal: AbortSignal.timeout(1_000) });
    const { checks } = (await answer.json()) as { checks: { name: string; ok: boolean }[] };
    return checks.some((check) => check.name === (name === 'postgres' ? 'database' : name) && check.ok);
  } catch {
    return false;
  }
}
