import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isServerNode, processTree } from '../../bench/rig/process-tree.ts';
import { answersReady, killTree } from '../../bench/rig/started-process.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

const root = process.cwd();
const readyWithinMs = 60_000;

interface Made {
  readonly dataDir: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly database: TestDatabase | null;
}

/** Confab as people run it: processes of its own, on a data directory that outlives them. */
export class ServerProcess {
  readonly dataDir: string;
  readonly port: number;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;
  #output = '';
  readonly #database: TestDatabase | null;

  static async create(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    return new ServerProcess({ dataDir: await mkdtemp(join(tmpdir(), 'confab-process-')), port: await freePort(), env, database: null });
  }

  /** On a database of the server of all suites: ready in half the time, for tests that ask nothing of the embedded database. */
  static async createOnTestDatabase(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const database = await createTestDatabase();
    const dataDir = await mkdtemp(join(tmpdir(), 'confab-process-'));
    return new ServerProcess({ dataDir, port: await freePort(), env: { DATABASE_URL: database.url, ...env }, database });
  }

  private constructor({ dataDir, port, env, database }: Made) {
    this.dataDir = dataDir;
    this.port = port;
    this.#env = env;
    this.#database = database;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** The server itself, below what starts it. */
  get serverPid(): number | undefined {
    return processTree(this.#child?.pid ?? 0).findLast(isServerNode) ?? this.#child?.pid;
  }

  get output(): string {
    return this.#output;
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      NODE_OPTIONS: '',
      PORT: String(this.port),
      CONFAB_DATA_DIR: this.dataDir,
      CONFAB_PUBLIC_URL: this.url,
      CONFAB_RATE_LIMITS: 'off',
      CONFAB_REGISTRATION: 'open',
      CONFAB_BCRYPT_COST: '4',
      ...this.#env,
    };
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
      cwd: root,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    await this.#ready(child);
  }

  /** SIGKILL for every process of the tree, at one instant. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child?.pid) return;
    const gone = once(child, 'exit');
    killTree(child.pid);
    await gone;
    this.#child = null;
  }

  /** Closes its stdout and stderr from this side, as a log collector that died. */
  closeOutput(): void {
    this.#child?.stdout?.destroy();
    this.#child?.stderr?.destroy();
  }

  /** SIGTERM; resolves with the exit code. */
  async stop(): Promise<number | null> {
    const child = this.#child;
    if (!child) return null;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = (await gone) as [number | null];
    this.#child = null;
    return code;
  }

  async setupToken(): Promise<string> {
    return (await readFile(join(this.dataDir, 'setup-token'), 'utf8')).trim();
  }

  async remove(): Promise<void> {
    await this.kill();
    await this.#database?.drop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async #ready(child: ChildProcess): Promise<void> {
    const giveUpAt = Date.now() + readyWithinMs;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended before it was ready:\n${this.#output}`);
      if (Date.now() > giveUpAt) throw new Error(`the server did not get ready:\n${this.#output}`);
      if (await answersReady(this.port)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}
