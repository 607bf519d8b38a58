import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const sliceMs = 20;

/** A line between a client and the server that carries so many bytes a second towards the client, and takes no more from the server. */
export class ThinLine {
  readonly url: string;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** Connections that the server ended. */
  cuts = 0;

  static async to(port: number, bytesPerSecond: number): Promise<ThinLine> {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const line = new ThinLine(server);
    server.on('connection', (near) => {
      line.#carry(near, connect({ port, host: '127.0.0.1', noDelay: true }), bytesPerSecond);
    });
    return line;
  }

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #carry(near: Socket, far: Socket, bytesPerSecond: number): void {
    let isLeaving = false;
    for (const socket of [near, far]) {
      this.#open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#open.delete(socket));
    }
    near.on('close', () => {
      isLeaving = true;
      far.destroy();
    });
    near.pipe(far);
    far.pause();
    const timer = setInterval(() => {
      const piece = (far.read(Math.round((bytesPerSecond * sliceMs) / 1000)) ?? far.read()) as Buffer | null;
      if (piece) near.write(piece);
    }, sliceMs);
    far.on('close', () => {
      clearInterval(timer);
      if (!isLeaving) this.cuts++;
      near.end();
    });
  }
}
