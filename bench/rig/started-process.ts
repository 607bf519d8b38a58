import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, isServerNode, processTree } from './process-tree.ts';
import { within } from './within.ts';

export interface Launch {
  readonly command: readonly string[];
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

/** Throws when the port is taken: clients would load the server of another run, and the figures would be of two. */
export async function requireFree(port: number): Promise<void> {
  const server = createServer();
  try {
    await once(server.listen(port), 'listening');
  } catch (error) {
    throw new Error(`port ${String(port)} is in use: is another bench running?`, { cause: error });
  }
  server.close();
  await once(server, 'close');
}

/** Confab as a stranger starts it; only limits and the cost of passwords are those of a bench. */
export const confabLaunch = (dataDir: string, port: number): Launch => ({
  command: ['npm', 'start', '--silent'],
  port,
  env: {
    CONFAB_DATA_DIR: dataDir,
    NODE_ENV: 'production',
    CONFAB_RATE_LIMITS: 'off',
    CONFAB_REGISTRATION: 'open',
    CONFAB_BCRYPT_COST: '4',
    CONFAB_LOG_LEVEL: 'warn',
    CONFAB_PUBLIC_URL: `http://127.0.0.1:${String(port)}`,
  },
});

/** A server run as a process tree of its own and watched from outside: ready when `GET /health/ready` answers 200. */
export class StartedProcess {
  readonly launch: Launch;
  readonly pid: number;
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #startedAt = performance.now();
  #output = '';
  #gone = false;

  constructor(launch: Launch) {
    this.launch = launch;
    const [file, ...args] = launch.command;
    this.#child = spawn(file!, args, {
      env: { ...process.env, ...launch.env, PORT: String(launch.port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (this.#child.pid === undefined) throw new Error(`cannot start ${launch.command.join(' ')}`);
    this.pid = this.#child.pid;
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#remember(chunk);
      });
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code) => {
        this.#gone = true;
        resolve(code);
      });
    });
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** The last words on stdout and stderr, for a failure's message. */
  get lastWords(): string {
    return this.#output.slice(-3000);
  }

  /** Resolves with the milliseconds from start to ready; rejects when it exits or is late. */
  async ready(timeoutMs = 120_000): Promise<number> {
    for (;;) {
      if (this.#gone) throw new Error(`the server exited before it was ready\n${this.lastWords}`);
      const waitedMs = performance.now() - this.#startedAt;
      if (waitedMs > timeoutMs) throw new Error(`not ready in ${String(timeoutMs)} ms\n${this.lastWords}`);
      if (await answersReady(this.launch.port)) return Math.round(performance.now() - this.#startedAt);
      await sleep(15);
    }
  }

  /** SIGTERM to the server itself, SIGKILL for what is left after `timeoutMs`. Resolves with the exit code. */
  async stop(timeoutMs = 15_000): Promise<number | null> {
    if (this.#gone) return this.#child.exitCode;
    await stopTree(this.pid, timeoutMs);
    return this.exited;
  }

  /** SIGKILL to the whole tree; resolves when it is dead. */
  async kill(): Promise<void> {
    killTree(this.pid);
    await this.died();
  }

  /** Resolves when it has ended; rejects when it lives on, which nobody who killed it expects. */
  async died(timeoutMs = 10_000): Promise<void> {
    const late = (): string => `process ${String(this.pid)} still runs ${String(timeoutMs)} ms after it was killed\n${this.lastWords}`;
    await within(timeoutMs, this.exited, late);
  }

  #remember(chunk: Buffer): void {
    this.#output = (this.#output + chunk.toString()).slice(-20_000);
  }
}

/** SIGTERM to the server in a tree, SIGKILL for what is left after `timeoutMs`; resolves when no process of it lives. */
export async function stopTree(root: number, timeoutMs = 15_000): Promise<void> {
  const tree = processTree(root);
  signal([tree.findLast(isServerNode) ?? root], 'SIGTERM');
  const timer = setTimeout(() => {
    signal(tree, 'SIGKILL');
  }, timeoutMs);
  while (tree.some(isAlive)) await sleep(10);
  clearTimeout(timer);
}

/**
 * SIGKILL for every process of a tree, and their ids. The tree is stopped first: a process that begins between the look and the signal,
 * as the server below npm's shell, would live on with no parent.
 */
export function killTree(root: number): readonly number[] {
  const tree = stoppedTree(root, []);
  signal(tree, 'SIGKILL');
  return tree;
}

function stoppedTree(root: number, stopped: readonly number[]): readonly number[] {
  const tree = processTree(root);
  if (tree.every((pid) => stopped.includes(pid))) return tree;
  signal(tree, 'SIGSTOP');
  return stoppedTree(root, tree);
}

export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // it ended by itself
    }
  }
}

export async function answersReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${String(port)}/health/ready`, { signal: AbortSignal.timeout(1000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
