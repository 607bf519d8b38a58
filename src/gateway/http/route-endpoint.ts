import { pipeline } from 'node:stream/promises';
import express, { type Request as HttpRequest, type RequestHandler, type Response as HttpResponse } from 'express';
import type { Route } from '../../contracts/define.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { networkOf } from '../../kernel/network.ts';
import { bodyStream, partsOf, type RouteCaller, unlessAborted } from '../../kernel/routes.ts';
import { releaseBodyTime } from './body-time.ts';
import { jsonBody, hasBody, leaveUnread, parsedBody, type ReadBody } from './json-body.ts';
import { admitted, type Exchange, type HttpParts } from './operation-route.ts';
import { inputReader } from './request-input.ts';
import type { RoutesUnderWay } from './routes-under-way.ts';

interface RouteOptions {
  readonly routes: RouteCaller;
  /** The origin of the URL that handlers see: the `Host` of a request cannot be trusted. */
  readonly publicUrl: string;
  readonly underWay: RoutesUnderWay;
}

/** The HTTP transport of one route: access, budget and audit as for an operation, the body and the answer as they are. Throws; `problemHandler` answers. */
export function routeEndpoint(route: Route, parts: HttpParts, { routes, publicUrl, underWay }: RouteOptions): RequestHandler {
  const readInput = inputReader(route.input);
  const readFields = fieldsReader(route);
  return async (request, response) => {
    const caller = await admitted(route, { request, response }, parts);
    checkBody(route, request);
    response.once('close', underWay.begin(caller.actor?.userId ?? networkOf(caller.address)));
    if (streamed.has(route.body)) releaseBodyTime(request);
    const input = readInput({ params: request.params, query: request.query, body: await readFields(request, response) });
    const patience = new Patience(request, response, route.deadlineMs);
    const standard = standardRequest(request, { route, url: publicUrl + targetOf(request), patience });
    const context = { ...caller, deadline: systemClock.monotonic() + (streamed.has(route.body) ? longestUploadMs : route.deadlineMs) };
    const call = (as: Context) => unlessAborted(patience.signal, routes.call(route, { input, request: standard }, as));
    const answer = await parts.pipeline.performRoute(route, { input, context }, call);
    await send(answer, { request, response, patience }).catch((error: unknown) => {
      // The status is sent already: closing the connection shows the client that the answer is incomplete.
      if (isClientGone(error)) return;
      parts.pipeline.note(error, route.name, context);
      response.destroy();
    });
  };
}

/** Path and query. A request may name the whole address (RFC 9112, section 3.2.2), whose host cannot be trusted. */
const targetOf = ({ originalUrl }: HttpRequest): string => originalUrl.replace(/^\w+:\/\/[^/?#]*/, '');

/** What a handler asks of others after a long body is not late; each call has its own deadline too. */
const longestUploadMs = 86_400_000;

const streamed: ReadonlySet<Route['body']> = new Set(['multipart', 'raw', 'stream']);

/** The fields of a body that has fields. */
function fieldsReader({ body, bodyBytes }: Route): ReadBody {
  if (body === 'json') return jsonBody(bodyBytes);
  if (body !== 'form') return () => Promise.resolve(undefined);
  const parse = express.urlencoded({ limit: bodyBytes, inflate: false, extended: false, parameterLimit: 100 });
  return async (request, response) => ({ ...((await parsedBody(parse, { request, response })) as Record<string, unknown> | undefined) });
}

const typesOf = ({ body, bodyTypes }: Route): readonly string[] =>
  body === 'form' ? ['application/x-www-form-urlencoded'] : body === 'multipart' ? ['multipart/form-data'] : (bodyTypes ?? []);

/** The checks that need no byte of the body. */
function checkBody(route: Route, request: HttpRequest): void {
  const { body, bodyBytes } = route;
  if (body === 'none' || !hasBody(request)) return;
  const types = typesOf(route);
  if (types.length > 0 && !request.is([...types])) throw new AppError('unsupported_media_type', { detail: `Send ${types.join(' or ')}.` });
  if (Number(request.headers['content-length'] ?? 0) > bodyBytes)
    throw new AppError('payload_too_large', { detail: `The body may have ${String(bodyBytes)} bytes.` });
}

/** Ends a call whose client is gone, or in which nothing has happened for so long: no part of the body came, and no answer has begun. */
class Patience {
  readonly #ended = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #request: HttpRequest;
  readonly #response: HttpResponse;

  constructor(request: HttpRequest, response: HttpResponse, forMs: number) {
    this.#request = request;
    this.#response = response;
    this.#timer = setTimeout(() => {
      this.#ended.abort(
        new AppError('deadline_exceeded', { detail: `Nothing arrived and nothing was answered for ${String(forMs / 1000)} s.` }),
      );
      if (response.headersSent) response.destroy();
    }, forMs);
    response.once('close', () => {
      clearTimeout(this.#timer);
      if (!response.writableFinished) this.#ended.abort(new AppError('client_closed', { detail: 'The connection ended early.' }));
    });
    request.once('end', () => {
      if (response.headersSent) clearTimeout(this.#timer);
      else this.renew();
    });
  }

  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Something happened. */
  readonly renew = (): void => {
    this.#timer.refresh();
  };

  /** The answer begins: whether it is read is watched elsewhere, whether a body that is still on its way goes on is watched here. */
  begin(): void {
    if (this.#request.readableEnded || !hasBody(this.#request)) clearTimeout(this.#timer);
    this.#response.flushHeaders();
  }
}

/** Headers between two hops, and those that say who calls, which the context says. */
const withheld: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'host',
  'authorization',
  'proxy-authorization',
  'cookie',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
]);

interface Standard {
  readonly route: Route;
  readonly url: string;
  readonly patience: Patience;
}

function standardRequest(request: HttpRequest, { route, url, patience }: Standard): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && !withheld.has(name)) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  const body =
    streamed.has(route.body) && hasBody(request) ? bodyStream(request, { limit: route.bodyBytes, arrived: patience.renew }) : null;
  return new Request(url, { method: request.method, headers, signal: patience.signal, ...(body ? { body, duplex: 'half' } : {}) });
}

/** Headers that are the transport's own matter. */
const ours: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'trailer',
  'upgrade',
  'date',
  'set-cookie',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'x-request-id',
]);

async function send(answer: Response, { request, response, patience }: Exchange & { readonly patience: Patience }): Promise<void> {
  leaveUnread(request, response);
  // A client takes what is beyond an announced length for the next answer of the connection.
  response.strictContentLength = true;
  response.status(answer.status);
  for (const [name, value] of answer.headers) if (!ours.has(name)) response.setHeader(name, value);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) response.append('Set-Cookie', cookies);
  if (!answer.body || request.method === 'HEAD') {
    await answer.body?.cancel();
    response.end();
    return;
  }
  patience.begin();
  await pipeline(partsOf(answer.body), response);
}

const isClientGone = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET' || error.code === 'EPIPE');
