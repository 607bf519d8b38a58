import { connect, createServer, type AddressInfo, type NetConnectOpts, type Server, type Socket } from 'node:net';

/** How the bytes of one direction of a connection reach its other end. */
export interface Carrier {
  carry(data: Buffer): void;
  /** No more bytes will come: the other end closes after what is still under way. */
  end(): void;
}

const atOnce = (to: Socket): Carrier => ({ carry: (data) => to.write(data), end: () => to.destroy() });

/** A wire to a server that a test can cut, freeze and mend: what a client sees when the server, or the way to it, is gone. */
export class CutWire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #carrierTo: (to: Socket) => Carrier;
  #isCut = false;
  #isFrozen = false;
  #bytesLeft = Number.POSITIVE_INFINITY;

  /** `url` names the server; the wire's own `url` is the same with its port in place. */
  static async to(url: string, carrierTo = atOnce): Promise<CutWire & { readonly url: string }> {
    const { hostname, port } = new URL(url);
    const wire = await CutWire.#open({ host: hostname, port: Number(port) }, carrierTo);
    const through = new URL(url);
    through.host = wire.host;
    return Object.assign(wire, { url: through.href });
  }

  /** The same to a PostgreSQL behind a unix socket: `postgresql://user:password@/database?host=/directory`. */
  static async toSocketOf(url: string): Promise<CutWire & { readonly url: string }> {
    const [address = '', query] = url.split('?');
    const wire = await CutWire.#open({ path: `${new URLSearchParams(query).get('host') ?? ''}/.s.PGSQL.5432` });
    return Object.assign(wire, { url: address.replace('@/', `@${wire.host}/`) });
  }

  static async #open(target: NetConnectOpts, carrierTo = atOnce): Promise<CutWire> {
    const wire = new CutWire(target, carrierTo);
    await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  private constructor(target: NetConnectOpts, carrierTo: (to: Socket) => Carrier) {
    this.#carrierTo = carrierTo;
    this.#server = createServer((near) => {
      if (this.#isCut) return near.destroy();
      const far = connect(target);
      for (const socket of [near, far]) this.#keep(socket);
      this.#join(near, far, (length) => {
        this.#bytesLeft -= length;
        if (this.#bytesLeft < 0) this.cut();
      });
      this.#join(far, near);
    });
  }

  get host(): string {
    return `127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** Ends every connection and refuses new ones. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** The same as soon as so much has gone to the server: in the middle of whatever is under way then. */
  cutAfter(bytes: number): void {
    this.#bytesLeft = bytes;
  }

  /** Loses every word from now on and ends nothing, as a firewall that forgot or a machine that was switched off. */
  freeze(): void {
    this.#isFrozen = true;
  }

  /** Lets connections in again; those that were frozen have lost their thread and end. */
  mend(): void {
    if (this.#isFrozen) this.cut();
    this.#isFrozen = false;
    this.#isCut = false;
    this.#bytesLeft = Number.POSITIVE_INFINITY;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(from: Socket, to: Socket, passed: (length: number) => void = () => undefined): void {
    const carrier = this.#carrierTo(to);
    from.on('data', (data) => {
      if (!this.#isFrozen) carrier.carry(data);
      passed(data.length);
    });
    from.on('close', () => {
      carrier.end();
    });
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
