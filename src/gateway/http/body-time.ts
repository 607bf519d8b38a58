import type { IncomingMessage, Server, ServerResponse } from 'node:http';

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>();

/**
 * Ends requests whose body is not whole within so many ms, with status 408. Node's own `requestTimeout` knows no exception, and an upload over
 * a thin line takes as long as it needs.
 */
export function limitBodyTime(server: Server, withinMs: number): void {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return;
    const timer = setTimeout(() => {
      if (request.complete) return;
      if (response.headersSent) request.socket.destroy();
      else response.writeHead(408, { Connection: 'close', 'Content-Length': 0 }).end();
    }, withinMs).unref();
    timers.set(request, timer);
    for (const event of ['end', 'close']) request.once(event, () => clearTimeout(timer));
  });
}

/** The body of this request is watched by whoever reads it. */
export function releaseBodyTime(request: IncomingMessage): void {
  clearTimeout(timers.get(request));
}
