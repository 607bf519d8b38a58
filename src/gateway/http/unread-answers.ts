import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';
import { drainedMark } from '../draining.ts';

/** An answer of which the client takes nothing for so long is ended. */
const stalledMs = 30_000;
const lookEveryMs = 1_000;
/** Requests that one connection may have under way. Browsers and proxies have one; each costs memory until its turn has come. */
const atOnce = 64;

interface Open {
  mark: number;
  /** Milliseconds of the process. */
  since: number;
  userId: string | null;
}

/**
 * Ends HTTP answers that are not read, and connections that ask without end and wait for no answer. Node's own timeout starts again with every byte a client *sends*; here only what it takes counts,
 * so that a download over a thin line goes on for as long as it needs.
 */
export class UnreadAnswers {
  readonly #open = new Map<ServerResponse, Open>();
  readonly #byUser = new Map<string, Set<ServerResponse>>();
  readonly #byConnection = new Map<Socket, Set<ServerResponse>>();
  readonly #logger: Logger;
  readonly #ended;
  readonly #flooded;
  #timer: NodeJS.Timeout | null = null;

  constructor({ logger, metrics }: { logger: Logger; metrics: Metrics }) {
    this.#logger = logger;
    this.#ended = metrics.counter(
      'confab_http_unread_answers_ended_total',
      'HTTP answers ended because the client took nothing of them for 30 s',
    );
    this.#flooded = metrics.counter(
      'confab_http_pipelines_ended_total',
      `Connections ended because they had more than ${String(atOnce)} requests under way`,
    );
  }

  watch(server: Server): void {
    server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      if (!socket.destroyed) this.#begin(socket, response);
    });
    this.#timer = setInterval(() => {
      this.look(performance.now());
    }, lookEveryMs).unref();
  }

  /** Passes on the requests of connections that were not ended; of one that was, more may have been read already. */
  bounded(handle: RequestListener): RequestListener {
    return (request, response) => {
      if (!request.socket.destroyed) handle(request, response);
    };
  }

  /** Answers that are under way. */
  get count(): number {
    return this.#open.size;
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  /** True while a request of this connection has no whole answer. */
  readonly isAnswering = (connection: Duplex): boolean => (this.#byConnection.get(connection as Socket)?.size ?? 0) > 0;

  /** Says for whom an answer is. */
  belongsTo(response: ServerResponse, userId: string): void {
    const open = this.#open.get(response);
    if (!open) return;
    open.userId = userId;
    const others = this.#byUser.get(userId);
    if (others) others.add(response);
    else this.#byUser.set(userId, new Set([response]));
  }

  /** Bytes of answers that this person has not taken yet. */
  readonly waitingOf = (userId: string): number => {
    let sum = 0;
    for (const response of this.#byUser.get(userId) ?? []) sum += waitingIn(response);
    return sum;
  };

  look(now: number): void {
    for (const [response, open] of this.#open) {
      const { socket } = response;
      if (!socket || waitingIn(response) === 0) {
        open.mark = NaN;
        continue;
      }
      const mark = drainedMark(socket as never);
      if (mark !== open.mark) {
        open.mark = mark;
        open.since = now;
      } else if (now - open.since >= stalledMs) {
        this.#ended.add();
        this.#logger.warn('an answer that is not read was ended', { event: 'http.unread_ended', userId: open.userId ?? undefined });
        socket.destroy();
      }
    }
  }

  #begin(socket: Socket, response: ServerResponse): void {
    const others = this.#ofConnection(socket);
    others.add(response);
    this.#open.set(response, { mark: NaN, since: 0, userId: null });
    response.once('close', () => {
      others.delete(response);
      this.#forget(response);
    });
    if (others.size <= atOnce) return;
    this.#flooded.add();
    this.#logger.warn('a connection with too many requests under way was ended', { event: 'http.pipeline_ended' });
    socket.destroy();
  }

  /** An answer that waits for its turn on a connection does not learn that the connection closed. */
  #ofConnection(socket: Socket): Set<ServerResponse> {
    const known = this.#byConnection.get(socket);
    if (known) return known;
    const responses = new Set<ServerResponse>();
    this.#byConnection.set(socket, responses);
    socket.once('close', () => {
      this.#byConnection.delete(socket);
      for (const response of responses) this.#forget(response);
    });
    return responses;
  }

  #forget(response: ServerResponse): void {
    const userId = this.#open.get(response)?.userId ?? null;
    this.#open.delete(response);
    if (userId === null) return;
    const others = this.#byUser.get(userId);
    if (others?.delete(response) && others.size === 0) this.#byUser.delete(userId);
  }
}

/** What the answer still holds, and what its socket has not handed to the kernel. */
const waitingIn = (response: ServerResponse): number =>
  (response.socket?.writableLength ?? 0) + (response.socket ? 0 : response.writableLength);
