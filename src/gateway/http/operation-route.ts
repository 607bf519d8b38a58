import type { Request, RequestHandler, Response } from 'express';
import type { Endpoint, HttpBinding, Operation } from '../../contracts/define.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { Actor, Context } from '../../kernel/context.ts';
import { isAppError } from '../../kernel/errors.ts';
import type { SignedLinks } from '../../kernel/signed-links.ts';
import type { AddressOf } from '../address.ts';
import type { CallPipeline } from '../call-pipeline.ts';
import type { Limits, Spent } from '../limits.ts';
import type { OriginPolicy } from '../origin.ts';
import type { Sessions } from '../sessions.ts';
import { bodyBytes } from './body-size.ts';
import { jsonBody, type ReadBody } from './json-body.ts';
import { isApiClient, type RefreshCookie } from './refresh-cookie.ts';
import { requestIdOf } from './request-id.ts';
import { inputReader } from './request-input.ts';
import type { UnreadAnswers } from './unread-answers.ts';

export interface HttpParts {
  readonly pipeline: CallPipeline;
  readonly limits: Limits;
  readonly sessions: Sessions;
  readonly links: Pick<SignedLinks, 'claimsOf'>;
  readonly origins: OriginPolicy;
  readonly cookie: RefreshCookie;
  readonly addressOf: AddressOf;
  readonly unread: UnreadAnswers;
}

export interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/** The HTTP transport of one operation. Throws; `problemHandler` answers. */
export function operationRoute(operation: Operation, binding: HttpBinding, parts: HttpParts): RequestHandler {
  const readInput = inputReader(operation.input);
  const readBody = binding.method === 'GET' || binding.method === 'DELETE' ? noBody : jsonBody(bodyBytes(operation));
  return async (request, response) => {
    const caller = await admitted(operation, { request, response }, parts);
    const input = readInput({ params: request.params, query: request.query, body: await readBody(request, response) });
    const context = { ...caller, deadline: systemClock.monotonic() + operation.deadlineMs };
    const { cookie, origins } = parts;
    // A page at another address would lose its session with its next load, so it is refused before it signs in.
    if (binding.session === 'issue' && !isApiClient(request)) origins.require({ ...callerOf(request), fetchSite: undefined });
    const fromCookie = fillFromCookie(request, input, { binding, cookie, origins });
    const word = fillDevice(request, input, { binding, cookie });
    try {
      const output = await parts.pipeline.perform(operation, input, context);
      const text = answer(request, response, { binding, cookie, word, output });
      parts.pipeline.chargeAnswer(context, text);
    } catch (error) {
      if (fromCookie && isAppError(error) && error.status === 401) cookie.clear(request, response);
      throw error;
    }
  };
}

/** Who calls, once they may and their budget is charged: before a byte of the body is read. */
export async function admitted(endpoint: Endpoint, { request, response }: Exchange, parts: HttpParts): Promise<Context> {
  const caller = await contextOf(request, endpoint, parts);
  response.locals['context'] = caller;
  response.locals['operation'] = endpoint.name;
  if (caller.actor) parts.unread.belongsTo(response, caller.actor.userId);
  showBudget(response, await parts.pipeline.charge(endpoint, caller));
  return caller;
}

async function contextOf(request: Request, endpoint: Endpoint, parts: HttpParts): Promise<Context> {
  return {
    requestId: requestIdOf(request),
    actor: endpoint.access === 'public' ? null : await actorOf(request, endpoint, parts),
    transport: 'http',
    address: parts.addressOf(request),
    device: (request.get('User-Agent') ?? '').slice(0, 200),
    connectionId: null,
    deadline: systemClock.monotonic() + endpoint.deadlineMs,
  };
}

async function actorOf(request: Request, endpoint: Endpoint, { sessions, links }: HttpParts): Promise<Actor | null> {
  const token = /^Bearer ([^\s]{1,4096})$/i.exec(request.get('Authorization') ?? '')?.[1];
  if (token) return (await sessions.authenticate(token)).actor;
  const link = endpoint.kind === 'route' && endpoint.linkField !== undefined ? request.query[endpoint.linkField] : undefined;
  return typeof link === 'string' ? sessions.holderOf(links.claimsOf(request.path, link)) : null;
}

const callerOf = (request: Request) => ({
  origin: request.get('Origin'),
  host: request.get('Host'),
  fetchSite: request.get('Sec-Fetch-Site'),
});

interface Filling {
  readonly binding: HttpBinding;
  readonly cookie: RefreshCookie;
}

/** The token by which accounts recognise this browser, where the operation takes it and the body lacks it. */
function fillDevice(request: Request, input: unknown, { binding, cookie }: Filling): string | undefined {
  const fields = input as Record<string, unknown>;
  if (!binding.deviceField || isApiClient(request) || fields[binding.deviceField] !== undefined) return undefined;
  const word = cookie.device.tokenFor(request, binding);
  if (word !== undefined) fields[binding.deviceField] = word;
  return word;
}

function fillFromCookie(request: Request, input: unknown, { binding, cookie, origins }: Filling & { origins: OriginPolicy }): boolean {
  if (!binding.cookieField || isApiClient(request)) return false;
  const fields = input as Record<string, unknown>;
  if (fields[binding.cookieField] !== undefined) return false;
  const token = cookie.read(request);
  if (token === undefined || token === '') return false;
  origins.require(callerOf(request));
  fields[binding.cookieField] = token;
  return true;
}

function answer(
  request: Request,
  response: Response,
  { binding, cookie, word, output }: Filling & { word: string | undefined; output: unknown },
): string {
  const status = binding.status ?? 200;
  if (binding.session === 'clear') cookie.clear(request, response);
  const body = binding.session === 'issue' && !isApiClient(request) ? withCookie({ request, response }, cookie, output) : output;
  if (word !== undefined) cookie.device.keep(response, word);
  const text = status === 204 ? '' : JSON.stringify(body);
  if (status === 204) response.status(204).end();
  else response.status(status).type('application/json').send(text);
  return text;
}

const noBody: ReadBody = () => Promise.resolve(undefined);

function withCookie({ request, response }: Exchange, cookie: RefreshCookie, output: unknown): unknown {
  const { refreshToken, ...rest } = output as { refreshToken?: string };
  if (refreshToken !== undefined) cookie.issue(request, response, refreshToken);
  return rest;
}

function showBudget(response: Response, spent: Spent | null): void {
  if (!spent) return;
  response.set({
    'RateLimit-Limit': String(spent.limit),
    'RateLimit-Remaining': String(spent.remaining),
    'RateLimit-Reset': String(spent.reset),
  });
}
