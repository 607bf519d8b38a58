import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import { environment } from './unprivileged.ts';

/**
 * Runs the program and ends it when this shell's input closes. That happens when we ask for it and also when we die, by
 * whatever signal: the kernel closes the pipe. The watcher is a fork of the same small shell. Signals of a terminal or of
 * a service manager to the whole group pass both by, since we end the program ourselves. It is asked again and again: one
 * that has only just begun is deaf to the first time.
 */
const watchScript = `
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
(trap '' INT TERM HUP; read -r _; while kill -INT "$program"; do sleep 0.2; done) <&3 >/dev/null 2>&1 &
watcher=$!
exec 3<&-
trap '' INT TERM HUP
wait "$program"; code=$?
kill -KILL "$watcher" 2>/dev/null
exit "$code"
`;

const keptLines = 8;

/** One run of a program of PostgreSQL, from its start to its end; it never outlives this process. */
export class WatchedProcess {
  readonly #shell: ChildProcessByStdio<Writable, null, Readable>;
  readonly #lines: string[] = [];
  #over = false;
  /** Settles with the program's exit code; 128 and more for a signal. */
  readonly ended: Promise<number>;

  constructor(command: readonly string[], logger: Logger) {
    this.#shell = spawn('sh', ['-c', watchScript, 'confab-watch', ...command], {
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
      cwd: '/',
      env: environment,
    });
    this.#shell.stdin.on('error', () => undefined);
    this.#listen(logger);
    this.ended = (once(this.#shell, 'exit') as Promise<[number | null]>).then(
      ([code]) => this.#end(code ?? 137),
      () => this.#end(127),
    );
  }

  get over(): boolean {
    return this.#over;
  }

  /** The last words of the program, for an error message. */
  get lastWords(): string {
    return this.#lines.join('\n');
  }

  /** Asks for an orderly end: connections are closed, what is in memory is written. */
  askToEnd(): void {
    this.#shell.stdin.end();
  }

  #end(code: number): number {
    this.#over = true;
    this.#shell.stdin.destroy();
    return code;
  }

  #listen(logger: Logger): void {
    createInterface({ input: this.#shell.stderr }).on('line', (line) => {
      this.#lines.push(line);
      if (this.#lines.length > keptLines) this.#lines.shift();
      if (/^(FATAL|PANIC|WARNING):/.test(line) && !isOrdinary(line)) logger.warn('postgres', { event: 'database.log', line });
      else logger.debug('postgres', { event: 'database.log', line });
    });
  }
}

/** What is said to a client that comes too early or stays too long. */
const isOrdinary = (line: string): boolean =>
  /the database system is (starting up|shutting down|not yet accepting connections)|terminating connection due to administrator/.test(line);
