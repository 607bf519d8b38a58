import type { Request, RequestHandler, Response } from 'express';
import type { HttpDoor, Operation } from '../../contracts/define.ts';
import type { Context } from '../../kernel/context.ts';
import { isAppError } from '../../kernel/errors.ts';
import type { AddressOf } from '../address.ts';
import type { Doorway } from '../doorway.ts';
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
  readonly doorway: Doorway;
  readonly limits: Limits;
  readonly sessions: Sessions;
  readonly origins: OriginPolicy;
  readonly cookie: RefreshCookie;
  readonly addressOf: AddressOf;
  readonly unread: UnreadAnswers;
}

/** The HTTP door of one operation. Throws; `problemHandler` answers. */
export function operationRoute(operation: Operation, door: HttpDoor, parts: HttpParts): RequestHandler {
  const readInput = inputReader(operation.input);
  const readBody = door.method === 'GET' || door.method === 'DELETE' ? noBody : jsonBody(bodyBytes(operation));
  return async (request, response) => {
    const caller = await contextOf(request, operation, parts);
    response.locals['context'] = caller;
    response.locals['operation'] = operation.name;
    if (caller.actor) parts.unread.belongsTo(response, caller.actor.userId);
    showBudget(response, await parts.doorway.charge(operation, caller));
    const input = readInput({ params: request.params, query: request.query, body: await readBody(request, response) });
    const context = { ...caller, deadline: Date.now() + operation.deadlineMs };
    const { cookie, origins } = parts;
    // A page of another address would lose its session with its next load: it learns so before it signs in.
    if (door.session === 'issue' && !isApiClient(request)) origins.require({ ...callerOf(request), fetchSite: undefined });
    const fromCookie = fillFromCookie(request, input, { door, cookie, origins });
    const word = fillDevice(request, input, { door, cookie });
    try {
      const output = await parts.doorway.perform(operation, input, context);
      const text = answer(request, response, { door, cookie, word, output });
      parts.doorway.chargeAnswer(context, text);
    } catch (error) {
      if (fromCookie && isAppError(error) && error.status === 401) cookie.clear(request, response);
      throw error;
    }
  };
}

async function contextOf(request: Request, operation: Operation, { sessions, addressOf }: HttpParts): Promise<Context> {
  const token = /^Bearer ([^\s]{1,4096})$/i.exec(request.get('Authorization') ?? '')?.[1];
  const verified = token && operation.access !== 'public' ? await sessions.authenticate(token) : null;
  return {
    requestId: requestIdOf(request),
    actor: verified?.actor ?? null,
    door: 'http',
    address: addressOf(request),
    device: (request.get('User-Agent') ?? '').slice(0, 200),
    connectionId: null,
    deadline: Date.now() + operation.deadlineMs,
  };
}

const callerOf = (request: Request) => ({
  origin: request.get('Origin'),
  host: request.get('Host'),
  fetchSite: request.get('Sec-Fetch-Site'),
});

interface Filling {
  readonly door: HttpDoor;
  readonly cookie: RefreshCookie;
}

/** The word by which accounts know this browser again, where the operation asks for it and the body lacks it. */
function fillDevice(request: Request, input: unknown, { door, cookie }: Filling): string | undefined {
  const fields = input as Record<string, unknown>;
  if (!door.deviceField || isApiClient(request) || fields[door.deviceField] !== undefined) return undefined;
  const word = cookie.device.wordFor(request, door);
  if (word !== undefined) fields[door.deviceField] = word;
  return word;
}

function fillFromCookie(request: Request, input: unknown, { door, cookie, origins }: Filling & { origins: OriginPolicy }): boolean {
  if (!door.cookieField || isApiClient(request)) return false;
  const fields = input as Record<string, unknown>;
  if (fields[door.cookieField] !== undefined) return false;
  const token = cookie.read(request);
  if (token === undefined || token === '') return false;
  origins.require(callerOf(request));
  fields[door.cookieField] = token;
  return true;
}

function answer(
  request: Request,
  response: Response,
  { door, cookie, word, output }: Filling & { word: string | undefined; output: unknown },
): string {
  const status = door.status ?? 200;
  if (door.session === 'clear') cookie.clear(request, response);
  const body = door.session === 'issue' && !isApiClient(request) ? withCookie({ request, response }, cookie, output) : output;
  if (word !== undefined) cookie.device.keep(response, word);
  const text = status === 204 ? '' : JSON.stringify(body);
  if (status === 204) response.status(204).end();
  else response.status(status).type('application/json').send(text);
  return text;
}

const noBody: ReadBody = () => Promise.resolve(undefined);

function withCookie({ request, response }: { request: Request; response: Response }, cookie: RefreshCookie, output: unknown): unknown {
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
