import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { newId } from '../../kernel/ids.ts';

const ids = new WeakMap<IncomingMessage, string>();

/** Every answer names its request, so that a person can quote it and an admin can find it in the log. */
export const giveRequestId: RequestHandler = (request, response, next) => {
  response.set('X-Request-Id', requestIdOf(request));
  next();
};

export function requestIdOf(request: IncomingMessage): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const id = newId();
  ids.set(request, id);
  return id;
}
