import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';
import { type EngineConnection, hangUp } from './socket-connection.ts';

/** Frames a connection may send, sustained and at once: a busy client sends a few a second, after a reconnect some hundred. */
const framesPerSecond = 500;
const burst = 2_000;

interface Bucket {
  frames: number;
  /** Milliseconds of the process. */
  filledAt: number;
  isOver: boolean;
}

type Packet = { type: string; data?: unknown };

/**
 * Counts every frame of a connection before anything in it is parsed, whatever kind it is. One that sends more than its budget is closed:
 * an answer to each frame would cost more than the frame.
 */
export class FrameGuard {
  readonly #buckets = new WeakMap<object, Bucket>();
  readonly #onOver: (connection: EngineConnection) => void;

  constructor(onOver: (connection: EngineConnection) => void) {
    this.#onOver = onOver;
  }

  /** Counts and logs what it closes. */
  static reported({ metrics, logger }: { metrics: Metrics; logger: Logger }): FrameGuard {
    const closed = metrics.counter('confab_socket_floods_closed_total', 'Connections closed because they sent too many frames');
    return new FrameGuard(() => {
      closed.add();
      logger.warn('a connection that sent too many frames was closed', { event: 'socket.flood' });
    });
  }

  /** Counts the frames of this connection, also after an upgrade. */
  attach(connection: EngineConnection): void {
    const watch = (): void => {
      const { transport } = connection;
      const ordinary = transport.onPacket;
      transport.onPacket = (packet: Packet) => {
        if (this.admit(connection)) ordinary.call(transport, packet);
      };
      // Frames below Engine.IO: the WebSocket answers each of them by itself.
      transport.socket?.on('ping', () => this.admit(connection));
    };
    watch();
    connection.on('upgrade', watch);
  }

  /** Counts one frame. False when the connection is over its budget; it is being closed then. */
  admit(connection: EngineConnection): boolean {
    const now = performance.now();
    const bucket = this.#bucketOf(connection, now);
    if (bucket.isOver) return false;
    bucket.frames = Math.min(burst, bucket.frames + ((now - bucket.filledAt) * framesPerSecond) / 1000) - 1;
    bucket.filledAt = now;
    if (bucket.frames >= 0) return true;
    bucket.isOver = true;
    this.#onOver(connection);
    hangUp(connection, 'too many frames');
    return false;
  }

  #bucketOf(connection: EngineConnection, now: number): Bucket {
    const known = this.#buckets.get(connection);
    if (known) return known;
    const bucket = { frames: burst, filledAt: now, isOver: false };
    this.#buckets.set(connection, bucket);
    return bucket;
  }
}
