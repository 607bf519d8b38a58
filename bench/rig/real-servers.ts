import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './running.ts';

const run = promisify(execFile);
const script = path.join(root, 'scripts/services/services.mjs');
/** Beside those that suites and people may be using. */
const usualPortBase = 28_000;

/** PostgreSQL, Redis and so on, of a bench's own. */
export class RealServers {
  readonly names: readonly string[];
  readonly #portBase: number;

  static async up(names: readonly string[], portBase = usualPortBase): Promise<RealServers> {
    const servers = new RealServers(names, portBase);
    await servers.down();
    await servers.#services('up', names);
    return servers;
  }

  private constructor(names: readonly string[], portBase: number) {
    this.names = names;
    this.#portBase = portBase;
  }

  /** What a server process reads to use them, as `DATABASE_URL`. */
  async env(): Promise<Readonly<Record<string, string>>> {
    const lines = (await this.#services('env', [...this.names, '--plain'])).split('\n');
    return Object.fromEntries(
      lines.flatMap((line) => {
        const [, name, value] = /^export (\w+)='(.*)'$/.exec(line) ?? [];
        return name === undefined || value === undefined ? [] : [[name, value]];
      }),
    );
  }

  /** The roots of their process trees. */
  async pids(names: readonly string[] = this.names): Promise<number[]> {
    const seen = JSON.parse(await this.#services('status', [...names, '--json'])) as { processes: { pid: number }[] }[];
    return seen.flatMap(({ processes }) => processes.map(({ pid }) => pid));
  }

  async kill(name: string): Promise<void> {
    await this.#services('kill', [name]);
  }

  /** Starts again what was killed, on the data it had. */
  async repair(name: string): Promise<void> {
    await this.#services('up', [name]);
  }

  async down(): Promise<void> {
    await this.#services('down', this.names);
  }

  async #services(command: string, args: readonly string[]): Promise<string> {
    const env = { ...process.env, CONFAB_SERVICES_PORT_BASE: String(this.#portBase) };
    const { stdout } = await run(process.execPath, [script, command, ...args], { env, cwd: root });
    return stdout;
  }
}
