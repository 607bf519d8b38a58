import type { Socket } from 'socket.io';
import type { Actor } from '../../kernel/context.ts';
import { type Draining, drainedMark } from '../draining.ts';
import type { Verified } from '../sessions.ts';
import { framed } from './frames.ts';

/** The parts of Engine.IO and ws that writing directly to the socket needs. */
export interface EngineConnection {
  readonly readyState: string;
  readonly upgrading: boolean;
  /** Packets that Engine.IO has not handed to the transport yet. */
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  /** Set while a ping has no answer yet. */
  readonly pingTimeoutTimer?: { refresh(): unknown } | null;
  readonly transport: {
    readonly name: string;
    readonly writable: boolean;
    readonly socket?: {
      readonly readyState: number;
      readonly _socket?: NetSocket;
      close(code: number, reason: string): void;
      terminate(): void;
      on(event: 'ping', listener: () => void): void;
    };
    onPacket: (packet: { type: string; data?: unknown }) => void;
  };
  write(data: string): void;
  close(discard?: boolean): void;
  on(event: 'upgrade' | 'close', listener: () => void): void;
}

interface NetSocket extends Draining {
  readonly destroyed: boolean;
  write(data: Buffer): boolean;
  cork(): void;
  uncork(): void;
}

/**
 * With more waiting than this, a connection is behind: it gets the heads of its conversations in place of their events. Not less: a client that keeps
 * up with a busy room lags by some hundred KB now and then, and asking `sync` costs far more than the events.
 */
export const behindBytes = 1_048_576;
/** What a connection gets of conversations in one turn. */
export const maxTurnBytes = 1_048_576;
/** With more waiting than this, no command is taken, and a connection that drains nothing is closed. */
export const maxQueuedBytes = 1_048_576;
const wsOpen = 1;
/** Up to this size copying the batches of one socket into one costs less than a gathered write of several. */
const joinedAtMost = 8_192;

/** Packets that go out together. */
export class Batch {
  readonly packets: readonly string[];
  /** The conversation whose events these are; null when they are not of a conversation, and so may not be left out. */
  readonly conversationId: string | null;
  #frames: Buffer | null = null;

  constructor(packets: readonly string[], conversationId: string | null = null) {
    this.packets = packets;
    this.conversationId = conversationId;
  }

  /** The same as frames; made once for all who get it. */
  frames(): Buffer {
    return (this.#frames ??= framed(this.packets));
  }
}

/** One signed-in socket. */
export class SocketConnection {
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
  /** Acks of this turn; null where there are none: an empty array for each connection would outlive many garbage collections. */
  acks: string[] | null = null;
  /** Batches of this turn, in order; null where there are none. */
  inbox: Batch[] | null = null;
  isTerminated = false;
  /** Conversations it lost while its rooms were still being read. */
  lostWhileJoining: Set<string> | null = new Set();
  /** Conversations of which it got no events because it was behind; null while it is not. */
  missed: Set<string> | null = null;
  /** What had drained when it was last looked at, and since when nothing more has; milliseconds of the process, 0: it drains. */
  drained = 0;
  stalledSinceMs = 0;
  #early: Batch[] | null = [];
  #queued: readonly { readonly data?: unknown }[] | null = null;
  #queuedCount = 0;
  #queuedBytes = 0;
  #flushes = 0;

  constructor(socket: Socket, { actor, expiresAt, keyId, address, device }: Verified & { address: string; device: string }) {
    this.id = socket.id;
    this.socket = socket;
    this.actor = actor;
    this.expiresAt = expiresAt;
    this.keyId = keyId;
    this.address = address;
    this.device = device;
  }

  get engine(): EngineConnection {
    return this.socket.conn as unknown as EngineConnection;
  }

  /** What came while the handshake was under way goes out now that the client knows it is connected. */
  open(): void {
    const early = this.#early ?? [];
    this.#early = null;
    if (early.length > 0) this.write(early);
  }

  /** Bytes (of what Engine.IO keeps: UTF-16 units) that the kernel has not taken yet. */
  get waitingBytes(): number {
    return this.#earlyBytes + this.#inEngine() + (netOf(this.engine)?.writableLength ?? 0);
  }

  /** Whether so much waits that it gets no more work done until it has read some of it. */
  get isClogged(): boolean {
    return this.waitingBytes > maxQueuedBytes;
  }

  /** Changes whenever the client has taken something. */
  get drainedMark(): number {
    const net = netOf(this.engine);
    // A client that polls takes all that waits with each poll.
    return net ? drainedMark(net) : this.#flushes;
  }

  /**
   * Writes the batches of a turn: straight to the TCP socket when nothing is queued before them, else through
   * Engine.IO, so that order and back-pressure stay as they are. Of conversations it writes no more than a client takes
   * that is behind or gets very much at once; the conversations left out are kept in `missed`.
   */
  write(batches: readonly Batch[]): void {
    const { engine: connection } = this;
    if (this.#early) {
      this.#keepEarly(batches);
      return;
    }
    if (connection.readyState !== 'open') return;
    const net = directly(connection);
    const isIdle = net !== null && this.missed === null && net.writableLength === 0;
    const [first] = batches;
    // Allocates nothing per receiver: nearly every event takes this path.
    if (isIdle && first && batches.length === 1) net.write(first.frames());
    else if (!isIdle || !writeWithin(net, batches)) this.#writeBounded(batches);
  }

  #writeBounded(batches: readonly Batch[]): void {
    let waiting = this.waitingBytes;
    let ofTurn = 0;
    for (const batch of batches) {
      const { conversationId } = batch;
      const frames = batch.frames();
      const isTooMuch = waiting > behindBytes || (ofTurn > 0 && ofTurn + frames.length > maxTurnBytes);
      if (conversationId !== null && (isTooMuch || this.missed?.has(conversationId))) {
        (this.missed ??= new Set()).add(conversationId);
        continue;
      }
      waiting += frames.length;
      ofTurn += frames.length;
      const net = directly(this.engine);
      if (net) net.write(frames);
      else for (const packet of batch.packets) this.engine.write(packet);
    }
  }

  #keepEarly(batches: readonly Batch[]): void {
    for (const batch of batches) {
      const { conversationId } = batch;
      if (conversationId === null || this.#earlyBytes <= behindBytes) this.#early?.push(batch);
      else (this.missed ??= new Set()).add(conversationId);
    }
  }

  get #earlyBytes(): number {
    return this.#early?.reduce((sum, batch) => sum + batch.frames().length, 0) ?? 0;
  }

  /** Counts each packet once: Engine.IO appends to its buffer, and replaces it when it hands it on. */
  #inEngine(): number {
    const { writeBuffer } = this.engine;
    if (writeBuffer.length === 0) return 0;
    if (this.#queued !== writeBuffer || this.#queuedCount > writeBuffer.length) {
      this.#queued = writeBuffer;
      this.#flushes++;
      this.#queuedCount = 0;
      this.#queuedBytes = 0;
    }
    for (; this.#queuedCount < writeBuffer.length; this.#queuedCount++) {
      const data = writeBuffer[this.#queuedCount]?.data;
      this.#queuedBytes += typeof data === 'string' ? data.length : 0;
    }
    return this.#queuedBytes;
  }

  /** Ends the connection at once; the client reconnects by itself. */
  terminate(): void {
    this.isTerminated = true;
    terminate(this.engine);
  }
}

/** Ends a connection without waiting for the other side. */
export function terminate(connection: EngineConnection): void {
  const ws = connection.transport.socket;
  if (ws) ws.terminate();
  else connection.close(true);
}

const wordsWithinMs = 500;
const policyViolation = 1008;

/** Ends a connection with a reason that its client can read; the client need not agree. */
export function hangUp(connection: EngineConnection, reason: string): void {
  const ws = connection.transport.socket;
  if (ws) ws.close(policyViolation, reason);
  else connection.close();
  setTimeout(() => {
    if (connection.readyState !== 'closed') terminate(connection);
  }, wordsWithinMs).unref();
}

const netOf = ({ transport }: EngineConnection): NetSocket | null => transport.socket?._socket ?? null;

function directly(connection: EngineConnection): NetSocket | null {
  const { transport } = connection;
  if (transport.name !== 'websocket' || connection.upgrading || !transport.writable || connection.writeBuffer.length > 0) return null;
  const ws = transport.socket;
  if (ws?.readyState !== wsOpen) return null;
  const net = ws._socket;
  return net && !net.destroyed ? net : null;
}

/** Writes several batches together; false, and nothing is written, when they are more than a turn may bring. */
function writeWithin(net: NetSocket, batches: readonly Batch[]): boolean {
  let size = 0;
  for (const batch of batches) size += batch.frames().length;
  if (size > maxTurnBytes) return false;
  if (size <= joinedAtMost) {
    net.write(joined(batches, size));
    return true;
  }
  net.cork();
  for (const batch of batches) net.write(batch.frames());
  net.uncork();
  return true;
}

function joined(batches: readonly Batch[], size: number): Buffer {
  const out = Buffer.allocUnsafe(size);
  let at = 0;
  for (const batch of batches) {
    const frames = batch.frames();
    out.set(frames, at);
    at += frames.length;
  }
  return out;
}
