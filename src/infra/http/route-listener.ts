import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { errorTrace, isAppError } from '../../kernel/errors.ts';
import { lingerBeforeClose } from '../../kernel/lingering.ts';
import { bodyStream, type LocalRoutes, partsOf, unlessAborted } from '../../kernel/routes.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { MessageAuth } from '../cluster/auth/message-auth.ts';
import { failureOf } from '../cluster/call-parts.ts';
import { closeServer } from './close-server.ts';
import { failureStatus, type RouteMessage, routeMessageIn, sealHeader, unsealed } from './route-message.ts';

interface RouteListenerOptions {
  readonly routes: LocalRoutes;
  readonly auth: MessageAuth;
  readonly logger: Logger;
  /** How long the headers, and then the signed message, may take: a gateway sends both at once. */
  readonly messageWithinMs?: number;
}

/** How often Node looks for connections that are late. */
const lookEveryMs = 5_000;

/**
 * Answers the routes of this process's modules for the gateways of the team, which send the bytes here by HTTP: a queue is no place for a file.
 * Takes what a process of the team signed for this very listener, once.
 */
export class RouteListener {
  readonly #options: Required<RouteListenerOptions>;
  readonly #server: Server;
  #address = '';

  constructor(options: RouteListenerOptions) {
    this.#options = { messageWithinMs: 10_000, ...options };
    this.#server = createServer(
      {
        requestTimeout: 0,
        headersTimeout: this.#options.messageWithinMs,
        connectionsCheckingInterval: lookEveryMs,
        keepAliveTimeout: 30_000,
      },
      (request, response) => void this.#answer(request, response),
    );
  }

  /** Resolves with the address at which gateways find it. Rejects where the address is none of this machine, or the port is taken. */
  async open({ host, port }: { host: string; port: number }): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, resolve);
    });
    const bound = (this.#server.address() as AddressInfo).port;
    this.#address = `http://${host.includes(':') ? `[${host}]` : host}:${String(bound)}`;
    return this.#address;
  }

  /** Lets what is under way end, for a while. */
  close(): Promise<void> {
    return closeServer(this.#server);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    let name = '';
    try {
      const read = await this.#messageOf(request);
      if (!read) {
        refuse(response);
        return;
      }
      const { message, rest } = read;
      name = message.route;
      const { route, call } = this.#callOf(message, rest, gone.signal);
      const answer = await unlessAborted(gone.signal, this.#options.routes.call(route, call, message.context));
      await send(answer, request, response);
    } catch (error) {
      this.#fail(error, { name, request, response, isGone: gone.signal.aborted });
    }
  }

  /** Null where no process of the team sent it. Nothing of the body is read before that is known. */
  async #messageOf(request: IncomingMessage): Promise<{ message: RouteMessage; rest: AsyncIterable<Uint8Array> } | null> {
    const seal = this.#options.auth.openOnce('route', this.#address, Buffer.from(String(request.headers[sealHeader] ?? ''), 'base64url'));
    if (!seal) return null;
    const late = setTimeout(() => request.destroy(), this.#options.messageWithinMs);
    // Who leaves in the middle has sent none.
    const read = await unsealed(request, seal.text).catch(() => null);
    clearTimeout(late);
    const message = read && routeMessageIn(read.text);
    return message && { message, rest: read.rest };
  }

  #callOf({ route: name, input, method, url, headers, hasBody }: RouteMessage, rest: AsyncIterable<Uint8Array>, signal: AbortSignal) {
    const route = this.#options.routes.named(name);
    if (!route) throw new Error(`no module of this process answers ${name}`);
    // The gateway has counted the bytes.
    const body = hasBody ? { body: bodyStream(rest, { limit: Infinity }), duplex: 'half' as const } : {};
    const request = new Request(url, { method, headers: headers.map(([key, value]): [string, string] => [key, value]), signal, ...body });
    return { route, call: { input, request } };
  }

  #fail(
    error: unknown,
    { name, request, response, isGone }: { name: string; request: IncomingMessage; response: ServerResponse; isGone: boolean },
  ): void {
    if (isGone) return;
    if (!isAppError(error))
      this.#options.logger.error('a route failed', { event: 'route.failed', operation: name, error: errorTrace(error) });
    if (response.headersSent) response.destroy();
    else {
      closeAfter(request, response);
      response.writeHead(failureStatus, { 'Content-Type': 'application/json' }).end(JSON.stringify(failureOf(error)));
    }
  }
}

/** Whoever it was learns nothing. */
function refuse(response: ServerResponse): void {
  response.writeHead(403, { Connection: 'close', 'Content-Length': 0 }).end();
}

function closeAfter(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  lingerBeforeClose(request);
}

async function send(answer: Response, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = [...answer.headers].filter(([name]) => name !== 'set-cookie');
  const cookies = answer.headers.getSetCookie();
  // The gateway would take what is beyond an announced length for the next answer of the connection.
  response.strictContentLength = answer.body !== null;
  // What was not read of the body goes with its connection.
  if (!request.complete) closeAfter(request, response);
  for (const [name, value] of headers) response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader('Set-Cookie', cookies);
  response.writeHead(answer.status);
  if (!answer.body) {
    response.end();
    return;
  }
  response.flushHeaders();
  await pipeline(partsOf(answer.body), response);
}
