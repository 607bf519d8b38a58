import { Agent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Route } from '../../contracts/define.ts';
import { areaOf } from '../../kernel/bus/bus.ts';
import type { NodeInfo } from '../../kernel/bus/cluster-transport.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { bodyStream, type LocalRoutes, partsOf, type RouteCall, type RouteCaller } from '../../kernel/routes.ts';
import type { Counter, Metrics } from '../../kernel/telemetry/metrics.ts';
import type { MessageAuth } from '../cluster/auth/message-auth.ts';
import { errorOf, type Failure, FailureShape } from '../cluster/call-parts.ts';
import { failureStatus, sealHeader, sealOf, textOf } from './route-message.ts';

interface RouteProxyOptions {
  readonly local: LocalRoutes;
  readonly auth: MessageAuth;
  readonly nodes: () => readonly NodeInfo[];
  readonly metrics: Metrics;
}

const connectWithinMs = 3_000;

/**
 * Has routes answered: by the module in this process, or by a process that runs it, found by what the processes publish about themselves. Bytes go
 * both ways as fast as the slower side takes them, and none is kept here.
 */
export class RouteProxy implements RouteCaller {
  readonly #options: RouteProxyOptions;
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  readonly #outcomes: Counter;
  #turn = 0;

  constructor(options: RouteProxyOptions) {
    this.#options = options;
    this.#outcomes = options.metrics.counter('confab_routes_proxied_total', 'Requests passed to the process that answers them', [
      'outcome',
    ]);
  }

  call(route: Route, call: RouteCall, context: Context): Promise<Response> {
    const { local } = this.#options;
    return local.serves(route) ? local.call(route, call, context) : this.#pass(route, call, context);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #pass(route: Route, call: RouteCall, context: Context): Promise<Response> {
    // A process that is gone may still be named for a moment: the next one is asked as long as nothing was sent.
    for (const address of this.#addressesOf(route)) {
      const upstream = await this.#connected(address, call.request.signal);
      if (!upstream) continue;
      const response = await this.#exchange(upstream, { address, route, call, context });
      this.#outcomes.add({ outcome: response.statusCode === failureStatus ? 'failed' : 'answered' });
      return standardResponse(response, route.name);
    }
    this.#outcomes.add({ outcome: 'unavailable' });
    throw new AppError('unavailable', { detail: 'The process that answers this is not running.', retryAfter: 1 });
  }

  /** Each process that answers the route, in turn. */
  #addressesOf({ name }: Route): readonly string[] {
    const area = areaOf(name);
    const all = this.#options.nodes().flatMap(({ modules, routesAt }) => (routesAt && modules.includes(area) ? routesAt : []));
    const first = all.length === 0 ? 0 : this.#turn++ % all.length;
    return [...all.slice(first), ...all.slice(0, first)];
  }

  /** Null where nobody listens. */
  #connected(address: string, signal: AbortSignal): Promise<ClientRequest | null> {
    return new Promise((resolve, reject) => {
      const upstream = httpRequest(address, { method: 'POST', agent: this.#agent, signal });
      const timer = setTimeout(() => upstream.destroy(new Error('no connection')), connectWithinMs);
      const settle = (outcome: ClientRequest | null) => () => {
        clearTimeout(timer);
        if (outcome === null && signal.aborted) reject(signal.reason as Error);
        else resolve(outcome);
      };
      upstream.once('error', settle(null));
      upstream.once('socket', (socket) => {
        if (socket.connecting) socket.once('connect', settle(upstream));
        else settle(upstream)();
      });
    });
  }

  async #exchange(upstream: ClientRequest, { address, route, call, context }: Exchange): Promise<IncomingMessage> {
    const { input, request } = call;
    const text = textOf({
      route: route.name,
      input,
      method: request.method,
      url: request.url,
      headers: [...request.headers],
      hasBody: request.body !== null,
      context,
    });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      upstream.once('response', resolve);
      upstream.once('error', reject);
    });
    const message = Buffer.from(text);
    upstream.setHeader(sealHeader, this.#options.auth.sign('route', address, sealOf(message)).toString('base64url'));
    upstream.write(message);
    const sent = request.body ? pipeline(partsOf(request.body), upstream) : Promise.resolve(upstream.end());
    // An answer that came before all was sent is the answer; what is wrong with the body itself is the failure of the call.
    const failedBody = new Promise<never>((_resolve, reject) => {
      sent.catch((error: unknown) => {
        if (error instanceof AppError) reject(error);
      });
    });
    try {
      return await Promise.race([answered, failedBody]);
    } catch (error) {
      if (error instanceof AppError || request.signal.aborted) throw request.signal.aborted ? request.signal.reason : error;
      throw new AppError('unavailable', { detail: 'The process that answers this ended.', retryAfter: 1, cause: error });
    }
  }
}

interface Exchange {
  readonly address: string;
  readonly route: Route;
  readonly call: RouteCall;
  readonly context: Context;
}

async function standardResponse(message: IncomingMessage, name: string): Promise<Response> {
  const status = message.statusCode ?? 500;
  if (status === failureStatus) throw errorOf(await failureIn(message), name);
  if (status === 403 && message.headers['content-length'] === '0' && message.headers['content-type'] === undefined)
    throw new Error(`the process that answers ${name} did not know this one: they need one CONFAB_SECRET and clocks within a minute`);
  const headers = new Headers();
  for (const [key, values] of Object.entries(message.headersDistinct)) for (const value of values ?? []) headers.append(key, value);
  const hasNone = status === 204 || status === 304 || status === 205;
  if (hasNone) message.resume();
  // Cancelled early, the connection ends, and the other process learns that nobody reads.
  const body = hasNone ? null : bodyStream(message, { limit: Infinity, cancelled: () => message.destroy() });
  return new Response(body, { status, headers });
}

async function failureIn(message: IncomingMessage): Promise<Failure> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return FailureShape.parse(JSON.parse(Buffer.concat(parts).toString())) as Failure;
}
