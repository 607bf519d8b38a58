import { connect, createServer, type Server, type Socket } from 'node:net';

/** A plain TCP balancer before equal nodes: each connection goes to the next one that takes it, with no stickiness. */
export class Balancer {
  readonly #server: Server;
  readonly #ports: readonly number[];
  readonly #open = new Set<Socket>();
  #next = 0;

  static async before(ports: readonly number[], port: number): Promise<Balancer> {
    const balancer = new Balancer(ports);
    await new Promise<void>((resolve, reject) => {
      balancer.#server.once('error', reject);
      balancer.#server.listen(port, '127.0.0.1', resolve);
    });
    return balancer;
  }

  private constructor(ports: readonly number[]) {
    this.#ports = ports;
    this.#server = createServer((near) => {
      this.#keep(near);
      near.pause();
      this.#join(near, this.#ports.length);
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Tries the nodes in turn; whoever refuses is passed over. */
  #join(near: Socket, triesLeft: number): void {
    const port = this.#ports[this.#next++ % this.#ports.length];
    if (port === undefined || triesLeft === 0) {
      near.destroy();
      return;
    }
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    const passOver = (): void => {
      this.#join(near, triesLeft - 1);
    };
    far.once('error', passOver);
    far.once('connect', () => {
      far.off('error', passOver);
      this.#keep(far);
      near.pipe(far);
      far.pipe(near);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
  }

  #keep(socket: Socket): void {
    socket.setNoDelay(true);
    this.#open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#open.delete(socket));
  }
}
