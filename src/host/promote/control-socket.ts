import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { errorText } from '../../kernel/errors.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';

/** What a command moves: the team with all it has, or its conversations alone. */
export type Moving = 'team' | 'chat';

/** What the command line of this machine may ask of a running server. */
export interface ControlHandler {
  /** Takes no more changes; settles once those under way have ended. Throws where there is nothing to move. */
  pauseWrites(moving: Moving): Promise<void>;
  /** Ends the hold: goes over to the new database if the old one says that the team has moved, else goes on as before. */
  resumeWrites(): Promise<void>;
}

/** A hold ends by itself when its command has sent nothing for so long. */
const usualLeaseMs = 30_000;

interface ControlSocketParts {
  readonly handler: ControlHandler;
  readonly logger: Logger;
  readonly leaseMs?: number;
}

/**
 * The control socket for the command line, a unix socket in a directory of the server's user: lines `hold team`, `hold chat` and `release`, each
 * answered by `ok` or by what is wrong, and `renew`, which is not. A hold ends with its connection, so that no killed command can leave it behind.
 */
export class ControlSocket {
  readonly #path: string;
  readonly #handler: ControlHandler;
  readonly #logger: Logger;
  readonly #server: Server;
  readonly #leaseMs: number;
  readonly #clients = new Set<Socket>();
  #holder: Socket | null = null;

  static async open(path: string, { leaseMs = usualLeaseMs, ...parts }: ControlSocketParts): Promise<ControlSocket> {
    // Left by a run that was killed: the data directory is ours alone.
    await rm(path, { force: true });
    const socket = new ControlSocket(path, { leaseMs, ...parts });
    await new Promise<void>((resolve, reject) => {
      socket.#server.once('error', reject).listen(path, resolve);
    });
    return socket;
  }

  private constructor(path: string, { handler, logger, leaseMs }: Required<ControlSocketParts>) {
    this.#path = path;
    this.#handler = handler;
    this.#logger = logger;
    this.#leaseMs = leaseMs;
    this.#server = createServer((visitor) => {
      this.#accept(visitor);
    });
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const visitor of this.#clients) visitor.destroy();
    await closed;
    await rm(this.#path, { force: true });
  }

  #accept(visitor: Socket): void {
    this.#clients.add(visitor);
    visitor.setTimeout(this.#leaseMs, () => visitor.destroy());
    visitor.on('error', () => undefined);
    visitor.on('close', () => {
      this.#clients.delete(visitor);
      if (this.#holder === visitor) void this.#end().catch(() => undefined);
    });
    let answered = Promise.resolve();
    const lines = createInterface({ input: visitor });
    // It emits the errors of its input as its own.
    lines.on('error', () => undefined);
    lines.on('line', (line) => {
      // Any line shows that the command lives; this one says nothing else.
      if (line === 'renew') return;
      answered = answered
        .then(() => this.#answer(line, visitor))
        .then(
          () => void visitor.write('ok\n'),
          (error: unknown) => void visitor.write(`${errorText(error).replaceAll('\n', ' ')}\n`),
        );
    });
  }

  async #answer(line: string, visitor: Socket): Promise<void> {
    const [, moving] = /^hold (team|chat)$/.exec(line) ?? [];
    if (moving !== undefined) return this.#hold(visitor, moving as Moving);
    if (line === 'release' && this.#holder === visitor) return this.#end();
    throw new Error(`There is nothing to ${line}.`);
  }

  async #hold(visitor: Socket, moving: Moving): Promise<void> {
    if (this.#holder) throw new Error('Another command holds the team’s writes already.');
    this.#holder = visitor;
    this.#logger.info('changes are held for a move of the database', { event: 'promote.writes_paused', moving });
    try {
      await this.#handler.pauseWrites(moving);
    } catch (error) {
      this.#holder = null;
      throw error;
    }
  }

  async #end(): Promise<void> {
    await this.#handler.resumeWrites();
    this.#holder = null;
    this.#logger.info('changes are taken again', { event: 'promote.writes_resumed' });
  }
}
