import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { errorText } from './error-text.ts';
import { FrameReader, maskedSize, opcodes, writeMaskedFrame } from './frames.ts';

/** Called with each Socket.IO packet behind the Engine.IO `4`, as bytes in a reused buffer. */
export type OnPacket = (buffer: Buffer, start: number, end: number) => void;

export interface WireOptions {
  readonly port: number;
  readonly token: string;
  readonly onPacket: OnPacket;
  /** The connection ended after it was open, by either side. */
  readonly onClose?: (reason: string) => void;
}

interface Settle {
  opened(wire: Wire): void;
  refused(cause: Error): void;
}

// All sockets read into one buffer: libuv fills it and calls back before the next read, so nothing is allocated per chunk.
const shared = Buffer.allocUnsafeSlow(1 << 20);
const two = 0x32;
const four = 0x34;

/**
 * One signed-in Socket.IO 4 connection over a plain TCP socket: WebSocket, Engine.IO 4 and the root namespace by hand.
 * What is sent within one turn of the event loop leaves in one write.
 */
export class Wire {
  readonly #socket: net.Socket;
  readonly #options: WireOptions;
  readonly #frames = new FrameReader((buffer, start, end, opcode) => {
    this.#frame(buffer, start, end, opcode);
  });
  #state: 'upgrading' | 'joining' | 'open' | 'closed' = 'upgrading';
  #reply = '';
  #pending: string[] = [];
  #flushing = false;
  readonly #settle: Settle;

  static open(options: WireOptions, timeoutMs = 20_000): Promise<Wire> {
    return new Promise((opened, refused) => {
      const wire = new Wire(options, {
        opened: (ready) => {
          clearTimeout(timer);
          opened(ready);
        },
        refused,
      });
      const timer = setTimeout(() => {
        wire.#end(`not connected within ${String(timeoutMs)} ms`);
      }, timeoutMs);
    });
  }

  private constructor(options: WireOptions, settle: Settle) {
    this.#options = options;
    this.#settle = settle;
    this.#socket = net.connect({
      host: '127.0.0.1',
      port: options.port,
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (length) => {
          this.#read(length);
          return true;
        },
      },
    });
    this.#socket.on('connect', () => {
      this.#socket.write(upgradeRequest(options.port));
    });
    this.#socket.on('error', (error) => {
      this.#end(error.message);
    });
    this.#socket.on('close', () => {
      this.#end('closed by the server');
    });
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Queues one Engine.IO packet. */
  send(packet: string): void {
    this.#pending.push(packet);
    if (this.#flushing) return;
    this.#flushing = true;
    process.nextTick(this.#flush);
  }

  /** Reads nothing any more, on a connection that stays open. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Leaves like a client that goes away; `onClose` is not called. */
  close(): void {
    this.#state = 'closed';
    this.#socket.destroy();
  }

  readonly #flush = (): void => {
    this.#flushing = false;
    if (this.#state === 'closed') return;
    const packets = this.#pending;
    this.#pending = [];
    let size = 0;
    for (const packet of packets) size += maskedSize(packet);
    const out = Buffer.allocUnsafe(size);
    let at = 0;
    for (const packet of packets) at = writeMaskedFrame(out, at, packet);
    this.#socket.write(out.subarray(0, at));
  };

  #read(length: number): void {
    if (this.#state === 'closed') return;
    try {
      if (this.#state === 'upgrading') this.#upgrade(length);
      else this.#frames.push(shared, 0, length);
    } catch (error) {
      this.#end(errorText(error));
    }
  }

  #upgrade(length: number): void {
    this.#reply += shared.toString('latin1', 0, length);
    const end = this.#reply.indexOf('\r\n\r\n');
    if (end < 0) return;
    if (!this.#reply.startsWith('HTTP/1.1 101')) throw new Error(`upgrade refused: ${this.#reply.slice(0, 300)}`);
    const rest = Buffer.from(this.#reply.slice(end + 4), 'latin1');
    this.#state = 'joining';
    this.#frames.push(rest, 0, rest.length);
  }

  #frame(buffer: Buffer, start: number, end: number, opcode: number): void {
    if (opcode === opcodes.text) {
      const type = buffer[start];
      if (type === four && this.#state === 'open') this.#options.onPacket(buffer, start + 1, end);
      else if (type === two) this.send('3');
      else this.#control(buffer.toString('utf8', start, end));
    } else if (opcode === opcodes.close)
      this.#end(`closed by the server, code ${String(end - start >= 2 ? buffer.readUInt16BE(start) : 0)}`);
  }

  #control(packet: string): void {
    if (packet.startsWith('0')) this.send(`40${JSON.stringify({ token: this.#options.token })}`);
    else if (packet.startsWith('40')) {
      this.#state = 'open';
      this.#settle.opened(this);
    } else if (packet.startsWith('44')) this.#end(`refused: ${packet.slice(2)}`);
    else if (packet.startsWith('1') || packet.startsWith('41')) this.#end('disconnected by the server');
  }

  #end(reason: string): void {
    if (this.#state === 'closed') return;
    const wasOpen = this.#state === 'open';
    this.close();
    if (wasOpen) this.#options.onClose?.(reason);
    else this.#settle.refused(new Error(reason));
  }
}

function upgradeRequest(port: number): string {
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: 127.0.0.1:${String(port)}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    '\r\n',
  ].join('\r\n');
}
