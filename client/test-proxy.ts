import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A network between client and server that a test can disturb. */
export class Proxy {
  readonly url: string;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #isUp = true;
  #isDeaf = false;
  #bytesPerSecond = Infinity;
  #breaksAfter = Infinity;

  static async to(target: string): Promise<Proxy> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const proxy = new Proxy(server);
    server.on('connection', (near) => {
      proxy.#join(near, connect(Number(port), hostname));
    });
    return proxy;
  }

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  /** What the server says from now on is lost, on connections that stay open. */
  deafen(): void {
    this.#isDeaf = true;
  }

  /** From the server to the client no more passes on a connection. */
  throttle(bytesPerSecond: number): void {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** A connection ends when so many bytes have come from the server. */
  breakAfter(bytes: number): void {
    this.#breaksAfter = bytes;
  }

  /** Ends every connection and takes none until `mend`. */
  cut(): void {
    this.#isUp = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
  }

  mend(): void {
    this.#isUp = true;
    this.#isDeaf = false;
    this.#bytesPerSecond = Infinity;
    this.#breaksAfter = Infinity;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket, far: Socket): void {
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
    if (!this.#isUp) near.destroy();
    near.on('data', (data) => far.write(data));
    let passed = 0;
    far.on('data', (data) => {
      if (!this.#isDeaf) near.write(data);
      passed += data.length;
      if (passed > this.#breaksAfter) near.destroy();
      else if (this.#bytesPerSecond < Infinity) {
        far.pause();
        setTimeout(() => far.resume(), (1000 * data.length) / this.#bytesPerSecond);
      }
    });
  }
}
