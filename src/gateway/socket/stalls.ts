import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';
import { type SocketConnection, maxQueuedBytes } from './socket-connection.ts';

/** A connection with more than the mark waiting that takes nothing for this long is closed. */
const stalledMs = 10_000;
/** However little waits: a program that answers pings and reads nothing. */
const stalledAtAllMs = 60_000;

/** Finds connections that make no progress. How much waits says nothing about that: a thin line takes its time. */
export class Stalls {
  readonly #onStalled: (link: SocketConnection) => void;
  /** Bytes that waited at the last look, over all connections. */
  waitingBytes = 0;

  constructor(onStalled: (link: SocketConnection) => void) {
    this.#onStalled = onStalled;
  }

  /** Closes the connections it finds, counts and logs them. */
  static reported({ metrics, logger }: { metrics: Metrics; logger: Logger }): Stalls {
    const cuts = metrics.counter('confab_slow_sockets_cut_total', 'Sockets closed because they took nothing of what waited for them');
    return new Stalls((link) => {
      cuts.add();
      const found = { connectionId: link.id, userId: link.actor.userId, waitingBytes: link.waitingBytes };
      logger.warn('a socket that reads nothing was closed', { event: 'socket.stalled', ...found });
      link.terminate();
    });
  }

  /** `now`: milliseconds of the process. */
  look(links: Iterable<SocketConnection>, now: number): void {
    let sum = 0;
    for (const link of links) {
      const { waitingBytes } = link;
      sum += waitingBytes;
      this.#judge(link, waitingBytes, now);
    }
    this.waitingBytes = sum;
  }

  #judge(link: SocketConnection, waitingBytes: number, now: number): void {
    if (waitingBytes === 0) {
      link.stalledSinceMs = 0;
      return;
    }
    const { drainedMark } = link;
    if (link.stalledSinceMs === 0 || link.drained !== drainedMark) {
      link.drained = drainedMark;
      link.stalledSinceMs = now;
      // Its ping waits behind all the rest: what it reads shows that it is alive.
      link.engine.pingTimeoutTimer?.refresh();
      return;
    }
    const forMs = now - link.stalledSinceMs;
    if (!link.isTerminated && forMs >= (waitingBytes > maxQueuedBytes ? stalledMs : stalledAtAllMs)) this.#onStalled(link);
  }
}
