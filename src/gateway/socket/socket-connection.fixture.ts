import type { Socket } from 'socket.io';
import type { Actor } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { SocketConnection } from './socket-connection.ts';

/** An Engine.IO connection that keeps what is written, and can be set busy. */
export class Wire {
  readyState = 'open';
  upgrading = false;
  writeBuffer: { data: string }[] = [];
  isClosed = false;
  isTerminated = false;
  /** What waits on the way to the client. */
  unread = 0;
  /** What the client has taken so far. */
  taken = 0;
  /** How often a ping that waits for its answer was given more time. */
  pingsPutOff = 0;
  readonly pingTimeoutTimer = { refresh: () => this.pingsPutOff++ };
  /** Why the connection was closed; null while it is not. */
  reason: string | null = null;
  /** Packets in the order they left, by either way. */
  readonly sent: string[] = [];
  /** How many writes went straight to the TCP socket. */
  directWrites = 0;
  readonly transport;

  constructor(name: 'websocket' | 'polling' = 'websocket') {
    const net = {
      destroyed: false,
      write: (frames: Buffer) => this.#writeDirectly(frames),
      cork: () => undefined,
      uncork: () => undefined,
    };
    Object.defineProperty(net, 'writableLength', { get: () => this.unread });
    Object.defineProperty(net, 'bytesWritten', { get: () => this.unread + this.taken });
    const terminate = (): void => {
      this.isTerminated = true;
      this.readyState = 'closed';
    };
    const close = (_code: number, reason: string): void => void (this.reason = reason);
    const ws = { readyState: 1, _socket: net, terminate, close, on: () => undefined };
    this.transport = { name, writable: true, onPacket: () => undefined, ...(name === 'websocket' ? { socket: ws } : {}) };
  }

  write(packet: string): void {
    if (this.transport.name === 'polling' || this.writeBuffer.length > 0 || this.upgrading) this.writeBuffer.push({ data: packet });
    this.sent.push(packet);
  }

  close(): void {
    this.isClosed = true;
  }

  on(): void {
    // Nothing happens to it by itself.
  }

  #writeDirectly(frames: Buffer): boolean {
    this.directWrites++;
    for (const packet of packetsOf(frames)) this.sent.push(packet);
    return true;
  }
}

export interface Wired {
  readonly connection: SocketConnection;
  readonly wire: Wire;
}

/** A signed-in socket on a wire; open, or with its handshake still running. */
export function wired(actor: Partial<Actor> = {}, { wire = new Wire(), isOpen = true, expiresAt = Infinity, keyId = '' } = {}): Wired {
  const socket = { id: newId(), conn: wire, disconnect: wire.close.bind(wire) } as unknown as Socket;
  const person: Actor = { userId: newId(), sessionId: newId(), role: 'member', ...actor };
  const connection = new SocketConnection(socket, { actor: person, expiresAt, keyId, address: '', device: '' });
  if (isOpen) connection.open();
  return { connection, wire };
}

/** The Socket.IO packets in WebSocket frames of a server. */
function packetsOf(frames: Buffer): string[] {
  const packets: string[] = [];
  for (let at = 0; at < frames.length;) {
    const short = frames.readUInt8(at + 1);
    const [length, start] =
      short < 126
        ? [short, at + 2]
        : short === 126
          ? [frames.readUInt16BE(at + 2), at + 4]
          : [Number(frames.readBigUInt64BE(at + 2)), at + 10];
    packets.push(frames.toString('utf8', start + 1, start + length));
    at = start + length;
  }
  return packets;
}
