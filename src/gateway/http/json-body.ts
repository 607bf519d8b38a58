import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { lingerBeforeClose } from '../../kernel/lingering.ts';

/** No contract nests deeper; JSON that does is refused before it is parsed. */
const deepestNesting = 32;

/** Bodies up to this size are swallowed when a request is refused unread; a connection that brings more is closed. */
const swallowedBytes = 16_384;

/** Reads the JSON body of a request that was admitted; undefined when there is none. */
export type ReadBody = (request: Request, response: Response) => Promise<unknown>;

/** JSON in UTF-8 up to `limit` bytes, never inflated, so that no small upload becomes a large one. */
export function jsonBody(limit: number): ReadBody {
  const parse = express.json({ limit, inflate: false, strict: true, type: 'application/json', verify: refuseOdd });
  return async (request, response) => {
    if (!hasBody(request)) return undefined;
    if (!request.is('application/json')) throw new AppError('unsupported_media_type', { detail: 'Send application/json.' });
    requireUtf8(request);
    return parsedBody(parse, { request, response });
  };
}

/** What a body parser of Express makes of a body; rejects as it fails. */
export async function parsedBody(
  parse: RequestHandler,
  { request, response }: { readonly request: Request; readonly response: Response },
): Promise<unknown> {
  await new Promise<void>((resolve, reject) => {
    void parse(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error as Error);
    });
  });
  return request.body as unknown;
}

/** An answer to a request whose body nobody read: one that is large, or does not say its size, ends the connection. */
export function leaveUnread(request: Request, response: Response): void {
  if (!hasBody(request) || request.complete || request.readableEnded) return;
  const size = Number(request.headers['content-length'] ?? Infinity);
  if (size <= swallowedBytes) return;
  response.set('Connection', 'close');
  lingerBeforeClose(request);
}

export const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const quote = 0x22;
const backslash = 0x5c;

/** JSON between systems is UTF-8 (RFC 8259, section 8.1). Express takes UTF-16 and others too, in which nesting cannot be counted by bytes. */
function requireUtf8({ headers }: Request): void {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '') ?? [];
  if (!/^utf-?8$/i.test(charset)) throw new AppError('unsupported_media_type', { detail: 'Send uncompressed JSON in UTF-8.' });
}

/** Express gives the error a status of its own, so that it cannot be an `AppError`. */
function refuseOdd(_request: unknown, _response: unknown, body: Buffer): void {
  if (!isUtf8(body)) throw Object.assign(new Error('not UTF-8'), { type: 'entity.parse.failed' });
  if (nestingOf(body) > deepestNesting) throw Object.assign(new Error('nested too deeply'), { type: 'entity.nested' });
}

/** How deep brackets nest outside strings; all of JSON's own signs are single bytes in UTF-8. */
export function nestingOf(json: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (isText) {
      if (byte === backslash) at++;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return deepest;
}
