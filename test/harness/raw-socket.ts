import { WebSocket } from 'ws';

/** A signed-in Socket.IO connection by hand: it sends any frame, and remembers the acks and events that came. */
export class RawSocket {
  /** How often each ack id was answered. */
  readonly acks = new Map<number, number>();
  /** Acks that say that something failed on the server's side. */
  readonly faults: string[] = [];
  readonly events: string[] = [];
  readonly closed: Promise<void>;
  readonly #ws: WebSocket;
  #looking: (() => void) | null = null;

  static async open(url: string, token: string): Promise<RawSocket> {
    const ws = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const socket = new RawSocket(ws);
    await new Promise<void>((resolve, reject) => {
      ws.once('close', () => {
        reject(new Error('the server ended the connection before it was open'));
      });
      ws.once('error', reject);
      ws.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith('0')) ws.send(`40${JSON.stringify({ token })}`);
        else if (text.startsWith('40')) resolve();
        else if (text.startsWith('44')) reject(new Error(text));
        else socket.#take(text);
      });
    });
    return socket;
  }

  private constructor(ws: WebSocket) {
    this.#ws = ws;
    this.closed = new Promise((resolve) => {
      ws.once('close', () => {
        resolve();
        this.#looking?.();
      });
    });
    ws.on('error', () => undefined);
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN;
  }

  send(frame: string | Buffer): void {
    if (this.isOpen) this.#ws.send(frame);
  }

  /** Resolves when each of these is answered, or the connection is gone; rejects with the ids that were not in time. */
  async answered(ids: readonly number[], withinMs: number): Promise<void> {
    const missing = () => ids.filter((id) => !this.acks.has(id));
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`no ack for ${missing().slice(0, 5).join(', ')} within ${String(withinMs)} ms`));
      }, withinMs);
      this.#looking = () => {
        if (this.isOpen && missing().length > 0) return;
        clearTimeout(timer);
        resolve();
      };
      this.#looking();
    });
  }

  end(): void {
    this.#ws.terminate();
  }

  #take(text: string): void {
    if (text === '2') {
      this.send('3');
      return;
    }
    const id = /^43(\d+)\[/.exec(text)?.[1];
    if (id === undefined) {
      this.events.push(text);
      return;
    }
    this.acks.set(Number(id), (this.acks.get(Number(id)) ?? 0) + 1);
    if (/"status":5\d\d/.test(text.slice(0, 400))) this.faults.push(text.slice(0, 400));
    this.#looking?.();
  }
}
