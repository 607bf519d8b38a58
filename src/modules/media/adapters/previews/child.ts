import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { seconds } from '../../../../kernel/clock.ts';
import type { FileProperties, Preview, Square } from '../../ports.ts';
import type { Ask, Said } from './frames.ts';
import { programPath } from './tools.ts';

export interface Made {
  readonly properties: FileProperties;
  readonly previews: readonly Preview[];
  /** Where squares were asked for, and the file has no fault. */
  readonly squares?: readonly Square[];
}

/**
 * What the process may reserve, KiB: as much as the largest picture needs, and what Node 24 reserves for its code without taking it. Linux holds it to
 * that; elsewhere pixels and time are the limits.
 */
const mostMemoryKiB = 2_097_152;
const startMs = seconds(20);

/** One process that looks into files. It is over when it ended by itself, was ended, or did not answer in time. */
export class PreviewChild {
  readonly #process: ChildProcess;
  #receive: (said: Said) => void = () => undefined;
  #over: () => void = () => undefined;
  #isOver = false;
  /** Null once it is ready, or why it cannot be. */
  readonly unavailable: Promise<string | null>;

  constructor() {
    this.#process = spawned();
    this.unavailable = new Promise((resolve) => {
      const late = setTimeout(() => {
        this.end();
      }, startMs);
      this.#receive = (said) => {
        clearTimeout(late);
        resolve(said.kind === 'unavailable' ? said.reason : null);
        if (said.kind === 'unavailable') this.end();
      };
      this.#over = () => {
        clearTimeout(late);
        resolve('the process that makes previews does not start');
      };
    });
    this.#process.on('message', (said: Said) => {
      this.#receive(said);
    });
    for (const event of ['error', 'exit', 'disconnect'] as const)
      this.#process.on(event, () => {
        this.#isOver = true;
        this.#endGroup();
        this.#over();
      });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** A file that ends the process, or is not through in time, has failed; the process is over then. */
  ask(ask: Ask, { onSized, deadlineMs }: { onSized: (properties: FileProperties) => void; deadlineMs: number }): Promise<Made> {
    return new Promise((resolve) => {
      let known: FileProperties = { hasPreview: false };
      const late = setTimeout(() => {
        this.end();
      }, deadlineMs);
      const settle = (made: Made) => {
        clearTimeout(late);
        resolve(made);
      };
      this.#over = () => {
        settle({ properties: { ...known, previewFault: 'failed' }, previews: [] });
      };
      this.#receive = (said) => {
        if (said.kind === 'sized') onSized((known = said.properties));
        if (said.kind === 'cut') settle({ properties: known, previews: [], squares: said.squares });
        if (said.kind === 'made') settle({ properties: said.properties, previews: said.previews });
      };
      if (this.#isOver) this.#over();
      else this.#process.send(ask);
    });
  }

  end(): void {
    this.#isOver = true;
    this.#endGroup();
    this.#over();
  }

  /** A program that it runs is of its group, and would go on without it. */
  #endGroup(): void {
    try {
      if (this.#process.pid !== undefined) process.kill(-this.#process.pid, 'SIGKILL');
    } catch {
      // Nothing of it is left.
    }
  }
}

function spawned(): ChildProcess {
  const child = spawn(...command(), {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    // A process group of its own, so that it is ended with what it runs.
    detached: true,
    cwd: '/',
    env: environment,
  });
  child.unref();
  child.channel?.unref();
  try {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  } catch {
    // Not everywhere may a process say so; it works at the ordinary priority then.
  }
  return child;
}

/** The shell sets the limit and becomes the process. */
function command(): [string, string[]] {
  if (process.platform !== 'linux') return [process.execPath, script()];
  return ['sh', ['-c', `ulimit -d ${String(mostMemoryKiB)}; exec "$@"`, 'confab-previews', process.execPath, ...script()]];
}

/** Beside the built server, or the source, which tsx reads. */
function script(): string[] {
  const built = !import.meta.url.endsWith('.ts');
  const path = fileURLToPath(new URL(built ? './preview-worker.mjs' : './worker.ts', import.meta.url));
  return built ? [path] : ['--import', createRequire(import.meta.url).resolve('tsx'), path];
}

/** Nothing of the server's own: that holds secrets. */
const environment = {
  PATH: programPath,
  MALLOC_ARENA_MAX: '2',
  VIPS_DISC_THRESHOLD: '512m',
};
