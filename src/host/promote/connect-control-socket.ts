import { connect, type Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { AppError } from '../../kernel/errors.ts';
import type { Writers } from '../../promote/promotion.ts';
import type { Moving } from './control-socket.ts';
import { controlSocketPath } from './control-socket-path.ts';

const renewEveryMs = 5_000;
const wentAway = 'The server went away. Start it and run the command again: it goes on from where it was.';

/** The running server of this data directory, at its control socket. */
export interface RunningServer extends Writers {
  close(): void;
}

/** Connects to the server that runs on `dataDir`, to move what is named; throws with what to do when it does not open. */
export async function connectControlSocket(dataDir: string, moving: Moving): Promise<RunningServer> {
  const socket = connect(await controlSocketPath(dataDir));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', (cause) => {
      reject(
        new AppError('unavailable', {
          detail: 'A process uses the embedded database and does not answer: restart the server with this version, or stop it.',
          cause,
        }),
      );
    });
  });
  return new ControlClient(socket, moving);
}

class ControlClient implements RunningServer {
  readonly #socket: Socket;
  readonly #moving: Moving;
  readonly #lines: Interface;
  readonly #renewal: NodeJS.Timeout;
  readonly #waiting: ((answer: string) => void)[] = [];
  #isOver = false;

  constructor(socket: Socket, moving: Moving) {
    this.#socket = socket;
    this.#moving = moving;
    socket.on('error', () => undefined);
    this.#lines = createInterface({ input: socket });
    this.#lines.on('error', () => undefined);
    this.#lines.on('line', (line) => this.#waiting.shift()?.(line));
    socket.on('close', () => {
      this.#isOver = true;
      for (const answer of this.#waiting.splice(0)) answer(wentAway);
    });
    this.#renewal = setInterval(() => {
      socket.write('renew\n');
    }, renewEveryMs);
  }

  hold(): Promise<void> {
    return this.#ask(`hold ${this.#moving}`);
  }

  release(): Promise<void> {
    return this.#ask('release');
  }

  close(): void {
    clearInterval(this.#renewal);
    this.#lines.close();
    this.#socket.destroy();
  }

  async #ask(line: string): Promise<void> {
    if (this.#isOver) throw new AppError('unavailable', { detail: wentAway });
    const answer = await new Promise<string>((resolve) => {
      this.#waiting.push(resolve);
      this.#socket.write(`${line}\n`);
    });
    if (answer !== 'ok') throw new AppError('unavailable', { detail: answer });
  }
}
