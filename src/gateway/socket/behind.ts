import { conversationHeads } from '../../contracts/connections/frames.ts';
import type { FanOut } from './fan-out.ts';
import type { Heads } from './heads.ts';
import { packetOf } from './packet.ts';
import { behindBytes, type SocketConnection } from './socket-connection.ts';

const everyMs = 100;
const headsPerPacket = 500;

/**
 * Connections that got no events of some conversations because too many bytes waited for them. Once they have read most of that, they get the
 * heads of those conversations instead, and ask `sync` for what they lack: in pages, as fast as they read.
 */
export class Behind {
  readonly #heads: Heads;
  readonly #fanOut: FanOut;
  readonly #connections = new Set<SocketConnection>();
  #timer: NodeJS.Timeout | null = null;

  constructor(heads: Heads, fanOut: FanOut) {
    this.#heads = heads;
    this.#fanOut = fanOut;
  }

  get count(): number {
    return this.#connections.size;
  }

  add(connection: SocketConnection): void {
    this.#connections.add(connection);
    this.#timer ??= setInterval(() => {
      this.look();
    }, everyMs).unref();
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  look(): void {
    for (const connection of this.#connections) {
      if (!connection.isTerminated && connection.waitingBytes > behindBytes / 2) continue;
      this.#connections.delete(connection);
      if (!connection.isTerminated) this.#sendHeads(connection);
    }
    if (this.#connections.size === 0) this.close();
  }

  #sendHeads(connection: SocketConnection): void {
    const missed = [...(connection.missed ?? [])];
    connection.missed = null;
    for (let at = 0; at < missed.length; at += headsPerPacket) {
      const heads = this.#heads.of(missed.slice(at, at + headsPerPacket));
      this.#fanOut.toConnection(connection, packetOf(conversationHeads, { heads }));
    }
  }
}
