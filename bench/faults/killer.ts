import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorText } from '../rig/error-text.ts';
import { isServerNode, processTree } from '../rig/process-tree.ts';
import { answersReady, killTree, signal, StartedProcess, type Launch } from '../rig/started-process.ts';
import { postgresOn, readyPostmasterOn } from './postmasters.ts';
import type { Seeded } from './seeded.ts';
import type { Kill, FaultInjector } from './fault-injector.ts';

type Victim = 'tree' | 'node' | 'postmaster';

const victims = { tree: 50, node: 25, postmaster: 25 } as const;
const giveUpMs = 60_000;

/** Keeps one server on one data directory, and kills it by a plan that the seed decides. */
export class Killer implements FaultInjector {
  readonly kills: Kill[] = [];
  readonly #launch: Launch;
  readonly #dataDir: string;
  readonly #dice: Seeded;
  #server: StartedProcess;

  static async start(launch: Launch, dataDir: string, dice: Seeded): Promise<Killer> {
    const killer = new Killer(launch, dataDir, dice);
    await killer.#server.ready();
    return killer;
  }

  private constructor(launch: Launch, dataDir: string, dice: Seeded) {
    this.#launch = launch;
    this.#dataDir = dataDir;
    this.#dice = dice;
    this.#server = new StartedProcess(launch);
  }

  setupToken(): string {
    return readFileSync(path.join(this.#dataDir, 'setup-token'), 'utf8').trim();
  }

  async strike(): Promise<Kill> {
    const victim = this.#dice.weighted(victims);
    const phase = victim !== 'postmaster' && this.#dice.next() < 0.2 ? 'starting' : 'working';
    const afterMs = Math.round(phase === 'starting' ? this.#dice.between(30, 1500) : this.#dice.between(50, 2000));
    if (phase === 'starting') await this.#beginAgain();
    await sleep(afterMs);
    const killed = await this.#kill(victim);
    const back = victim === 'postmaster' ? await this.#healOrRestart(killed) : await this.#restart();
    const kill = { victim, phase, afterMs, ...back, postmasters: postgresOn(this.#dataDir).postmasters.length } as const;
    this.kills.push(kill);
    return kill;
  }

  async stop(): Promise<{ code: number | null; left: number }> {
    const code = await this.#server.stop();
    const { postmasters, others } = postgresOn(this.#dataDir);
    return { code, left: postmasters.length + others.length };
  }

  async startAgain(): Promise<void> {
    this.#server = new StartedProcess(this.#launch);
    await this.#server.ready();
  }

  end(): void {
    killTree(this.#server.pid);
    const { postmasters, others } = postgresOn(this.#dataDir);
    signal([...postmasters, ...others], 'SIGKILL');
  }

  get lastWords(): string {
    return this.#server.lastWords;
  }

  async #beginAgain(): Promise<void> {
    await this.#server.kill();
    this.#server = new StartedProcess(this.#launch);
  }

  /** Returns the processes it killed: one that got the signal is still listed for a while. */
  async #kill(victim: Victim): Promise<readonly number[]> {
    if (victim === 'postmaster') {
      const { postmasters } = postgresOn(this.#dataDir);
      signal(postmasters, 'SIGKILL');
      return postmasters;
    }
    const nodes = victim === 'tree' ? [] : processTree(this.#server.pid).filter(isServerNode);
    signal(nodes, 'SIGKILL');
    // Early in a start npm has not come to the server yet: then all there is dies.
    const killed = nodes.length > 0 ? nodes : killTree(this.#server.pid);
    await this.#server.died();
    return killed;
  }

  async #restart(): Promise<Pick<Kill, 'readyMs' | 'healed' | 'trouble'>> {
    this.#server = new StartedProcess(this.#launch);
    try {
      return { readyMs: await this.#server.ready(giveUpMs), healed: false, trouble: undefined };
    } catch (error) {
      const trouble = errorText(error);
      await this.#server.kill();
      this.#server = new StartedProcess(this.#launch);
      await this.#server.ready(giveUpMs);
      return { readyMs: giveUpMs, healed: false, trouble };
    }
  }

  /** Without its database a server either brings it back or ends, so that whoever started it starts it again. */
  async #healOrRestart(killed: readonly number[]): Promise<Pick<Kill, 'readyMs' | 'healed' | 'trouble'>> {
    const killedAt = performance.now();
    while (performance.now() - killedAt < giveUpMs) {
      if (this.#server.gone) return this.#restart();
      const postmaster = readyPostmasterOn(this.#dataDir);
      if (postmaster !== null && !killed.includes(postmaster) && (await answersReady(this.#launch.port)))
        return { readyMs: Math.round(performance.now() - killedAt), healed: true, trouble: undefined };
      await sleep(20);
    }
    await this.#server.kill();
    const back = await this.#restart();
    return { ...back, trouble: `neither healed nor ended within ${String(giveUpMs)} ms of its postmaster's death` };
  }
}
