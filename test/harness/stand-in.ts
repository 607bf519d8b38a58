import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Said {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server of this machine in place of a provider’s. It can be away, be silent, and say what it is ordered to. */
export abstract class StandIn {
  #server: Server | null = null;
  #port = 0;
  readonly #orders: (Said | 'silence')[] = [];
  /** Connections that were made to it. */
  connections = 0;
  requests = 0;

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  /** Listens, at the port it had before. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      this.requests += 1;
      const order = this.#orders.shift();
      if (order === 'silence') return;
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        if (order) response.writeHead(order.status, order.headers).end(order.body);
        else this.take(request, Buffer.concat(parts), response);
      });
    });
    server.on('connection', () => {
      this.connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Nobody listens any more, and whoever is connected is cut off. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }

  /** What the next request is answered, in place of what the service does. */
  sayNext(...orders: readonly (Said | 'silence')[]): void {
    this.#orders.push(...orders);
  }

  protected abstract take(request: IncomingMessage, body: Buffer, response: ServerResponse): void;
}
