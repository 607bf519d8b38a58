import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seeded } from '../faults/seeded.ts';
import { root } from '../rig/running.ts';
import type { Launch } from '../rig/started-process.ts';

interface CommandPlan {
  readonly launch: Launch;
  readonly dataDir: string;
  readonly to: 'postgres' | 'mongodb';
  readonly targetUrl: string;
}

const restMs = 300;

/** `confab promote`, as somebody at the machine runs it. */
export class PromoteCommand {
  readonly #plan: CommandPlan;
  readonly #addressFile: string;
  #foundMoved = false;

  constructor(plan: CommandPlan) {
    this.#plan = plan;
    this.#addressFile = path.join(plan.dataDir, 'target-url');
    writeFileSync(this.#addressFile, plan.targetUrl, { mode: 0o600 });
  }

  /** Runs it to its end and answers what it printed. After a kill that came too late there is nothing left to print. */
  async run(print: (line: string) => void): Promise<{ report: string; seconds: number }> {
    const since = performance.now();
    const command = this.#start();
    const said = gather(command);
    const [code] = (await once(command, 'exit')) as [number | null];
    for (const line of said.text.trimEnd().split('\n')) print(line);
    this.#look(said.text);
    if (code !== 0 && !this.#hasMoved) throw new Error(`the command ended with ${String(code)}: ${said.text}`);
    return { report: said.text, seconds: (performance.now() - since) / 1000 };
  }

  /** SIGKILLs it at so many instants: every other time soon after it holds the writers. Answers how often it did. */
  async killedAtRandom(times: number, dice: Seeded): Promise<number> {
    for (let killed = 0; killed < times; killed++) {
      if (this.#hasMoved) return killed;
      const command = this.#start();
      const said = gather(command);
      const exited = once(command, 'exit');
      if (killed % 2 === 0) await sleep(dice.between(100, 4_000));
      else {
        while (command.exitCode === null && !said.text.includes('are held')) await sleep(1);
        await sleep(dice.between(0, 700));
      }
      command.kill('SIGKILL');
      await exited;
      this.#look(said.text);
      await sleep(restMs);
    }
    return times;
  }

  get #hasMoved(): boolean {
    return this.#foundMoved || existsSync(path.join(this.#plan.dataDir, 'moved'));
  }

  #look(said: string): void {
    this.#foundMoved ||= said.includes('are in MongoDB already');
  }

  #start(): ChildProcess {
    const { launch } = this.#plan;
    const words = [path.join(root, 'bin/confab.mjs'), 'promote', '--to', this.#plan.to, '--url-file', this.#addressFile];
    return spawn(process.execPath, words, {
      env: { ...process.env, ...launch.env, PORT: String(launch.port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

function gather(command: ChildProcess): { text: string } {
  const said = { text: '' };
  for (const stream of [command.stdout, command.stderr]) stream?.on('data', (chunk: Buffer) => (said.text += chunk.toString()));
  return said;
}
