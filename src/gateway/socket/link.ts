import type { Socket } from 'socket.io';
import type { Actor } from '../../kernel/context.ts';
import type { Verified } from '../sessions.ts';
import { framed } from './frames.ts';

/** The parts of Engine.IO and ws that the short way out looks at. */
export interface EngineConnection {
  readonly readyState: string;
  readonly upgrading: boolean;
  readonly writeBuffer: readonly unknown[];
  readonly transport: {
    readonly name: string;
    readonly writable: boolean;
    readonly socket?: { readonly readyState: number; readonly _socket?: NetSocket; terminate(): void };
    onPacket: (packet: { type: string; data?: unknown }) => void;
  };
  write(data: string): void;
  close(discard?: boolean): void;
  on(event: 'upgrade', listener: () => void): void;
}

interface NetSocket {
  readonly writableLength: number;
  readonly destroyed: boolean;
  write(data: Buffer): boolean;
  cork(): void;
  uncork(): void;
}

/** What waits at a client that does not read before it is cut (G14). */
export const maxQueuedBytes = 1_048_576;
const wsOpen = 1;
/** Up to this size copying the batches of one socket into one costs less than a gathered write of several. */
const joinedAtMost = 8_192;

export interface Batch {
  readonly packets: readonly string[];
  /** The same as frames; made once for all who get it. */
  frames(): Buffer;
}

export function batchOf(packets: readonly string[]): Batch {
  let made: Buffer | null = null;
  return { packets, frames: () => (made ??= framed(packets)) };
}

/** One signed-in socket. */
export class Link {
  readonly id: string;
  readonly socket: Socket;
  readonly rooms = new Set<string>();
  readonly address: string;
  readonly device: string;
  actor: Actor;
  /** Unix milliseconds at which its access token runs out. */
  expiresAt: number;
  /** The key that signed its access token. */
  keyId: string;
  /** Commands that have no answer yet. */
  inFlight = 0;
  /** Acks of this turn. */
  acks: string[] = [];
  /** Batches of this turn, in order. */
  readonly inbox: Batch[] = [];
  isCut = false;
  /** Conversations it lost while its rooms were still being read. */
  lostWhileJoining: Set<string> | null = new Set();
  #waiting: string[] | null = [];
  #queuedBytes = 0;

  constructor(socket: Socket, { actor, expiresAt, keyId, address, device }: Verified & { address: string; device: string }) {
    this.id = socket.id;
    this.socket = socket;
    this.actor = actor;
    this.expiresAt = expiresAt;
    this.keyId = keyId;
    this.address = address;
    this.device = device;
  }

  get connection(): EngineConnection {
    return this.socket.conn as unknown as EngineConnection;
  }

  /** What came while the handshake was under way goes out now that the client knows it is connected. */
  open(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const packet of waiting) this.#queue(packet);
  }

  /**
   * Writes the batches of a turn: straight to the TCP socket when nothing is queued before them, else through
   * Engine.IO, so that order and back-pressure stay as they are. Answers false when the client reads too slowly.
   */
  write(batches: readonly Batch[]): boolean {
    const { connection } = this;
    if (this.#waiting) {
      for (const batch of batches) this.#waiting.push(...batch.packets);
      return this.#waiting.length < 10_000;
    }
    if (connection.readyState !== 'open') return true;
    const net = directly(connection);
    if (!net) {
      for (const batch of batches) for (const packet of batch.packets) this.#queue(packet);
      return this.#queuedBytes <= maxQueuedBytes;
    }
    this.#queuedBytes = 0;
    writeTogether(net, batches);
    return net.writableLength <= maxQueuedBytes;
  }

  /** Ends the connection at once; the client comes back by itself. */
  cut(): void {
    this.isCut = true;
    const ws = this.connection.transport.socket;
    if (ws) ws.terminate();
    else this.connection.close(true);
  }

  #queue(packet: string): void {
    const { connection } = this;
    if (connection.writeBuffer.length === 0) this.#queuedBytes = 0;
    this.#queuedBytes += packet.length;
    connection.write(packet);
  }
}

function directly(connection: EngineConnection): NetSocket | null {
  const { transport } = connection;
  if (transport.name !== 'websocket' || connection.upgrading || !transport.writable || connection.writeBuffer.length > 0) return null;
  const ws = transport.socket;
  if (ws?.readyState !== wsOpen) return null;
  const net = ws._socket;
  return net && !net.destroyed ? net : null;
}

function writeTogether(net: NetSocket, batches: readonly Batch[]): void {
  const [first] = batches;
  if (batches.length === 1 && first) {
    net.write(first.frames());
    return;
  }
  const frames = batches.map((batch) => batch.frames());
  const size = frames.reduce((sum, { length }) => sum + length, 0);
  if (size <= joinedAtMost) {
    net.write(Buffer.concat(frames, size));
    return;
  }
  net.cork();
  for (const frame of frames) net.write(frame);
  net.uncork();
}
