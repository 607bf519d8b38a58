import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire to a server that a test can cut and mend: what a client sees when the server, or the way to it, is gone. */
export class CutWire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  /** `url` names the server; the wire's own `url` is the same with its port in place. */
  static async to(url: string): Promise<CutWire & { readonly url: string }> {
    const target = new URL(url);
    const wire = new CutWire(target);
    await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve));
    const through = new URL(url);
    through.host = `127.0.0.1:${String((wire.#server.address() as AddressInfo).port)}`;
    return Object.assign(wire, { url: through.href });
  }

  private constructor({ hostname, port }: URL) {
    this.#server = createServer((near) => {
      if (this.#isCut) return near.destroy();
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) this.#keep(socket);
      near.pipe(far);
      far.pipe(near);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
  }

  /** Ends every connection and refuses new ones. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
