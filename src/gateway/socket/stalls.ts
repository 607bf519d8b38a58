import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';
import { type SocketConnection, maxQueuedBytes } from './socket-connection.ts';

/** A connection with more than the mark waiting that takes nothing for this long is closed. */
const stalledMs = 10_000;
/** However little waits: a program that answers pings and reads nothing. */
const stalledAtAllMs = 60_000;

/** Finds connections that make no progress. How much waits says nothing about that: a thin line takes its time. */
export class Stalls {
  readonly #onStalled: (connection: SocketConnection) => void;
  /** Bytes that waited at the last look, over all connections. */
  waitingBytes = 0;

  constructor(onStalled: (connection: SocketConnection) => void) {
    this.#onStalled = onStalled;
  }

  /** Closes the connections it finds, counts and logs them. */
  static reported({ metrics, logger }: { metrics: Metrics; logger: Logger }): Stalls {
    const cuts = metrics.counter('confab_slow_sockets_cut_total', 'Sockets closed because they took nothing of what waited for them');
    return new Stalls((connection) => {
      cuts.add();
      const found = { connectionId: connection.id, userId: connection.actor.userId, waitingBytes: connection.waitingBytes };
      logger.warn('a socket that reads nothing was closed', { event: 'socket.stalled', ...found });
      connection.terminate();
    });
  }

  /** `now`: milliseconds of the process. */
  look(connections: Iterable<SocketConnection>, now: number): void {
    let sum = 0;
    for (const connection of connections) {
      const { waitingBytes } = connection;
      sum += waitingBytes;
      this.#judge(connection, waitingBytes, now);
    }
    this.waitingBytes = sum;
  }

  #judge(connection: SocketConnection, waitingBytes: number, now: number): void {
    if (waitingBytes === 0) {
      connection.stalledSinceMs = 0;
      return;
    }
    const { drainedMark } = connection;
    if (connection.stalledSinceMs === 0 || connection.drained !== drainedMark) {
      connection.drained = drainedMark;
      connection.stalledSinceMs = now;
      // Its ping waits behind all the rest: what it reads shows that it is alive.
      connection.engine.pingTimeoutTimer?.refresh();
      return;
    }
    const forMs = now - connection.stalledSinceMs;
    if (!connection.isTerminated && forMs >= (waitingBytes > maxQueuedBytes ? stalledMs : stalledAtAllMs)) this.#onStalled(connection);
  }
}
