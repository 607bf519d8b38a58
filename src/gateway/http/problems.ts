import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Context } from '../../kernel/context.ts';
import { AppError, isAppError, notFound } from '../../kernel/errors.ts';
import type { CallPipeline } from '../call-pipeline.ts';
import { toProblem } from '../problem.ts';
import { leaveUnread } from './json-body.ts';
import { requestIdOf } from './request-id.ts';

/** The last handler: every error leaves as RFC 9457 problem details. */
export const problemHandler =
  (pipeline: CallPipeline): ErrorRequestHandler =>
  (thrown, request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const error = translated(thrown);
    const requestId = requestIdOf(request);
    const context = response.locals['context'] as Context | undefined;
    pipeline.note(error, String(response.locals['operation'] ?? request.path), context ?? placeless(requestId));
    sendProblem(response, error, requestId);
  };

export const noSuchRoute: RequestHandler = () => {
  throw notFound('There is nothing at this address.');
};

export function sendProblem(response: Response, error: unknown, requestId: string): void {
  leaveUnread(response.req, response);
  const problem = toProblem(error, requestId);
  if (problem.retryAfter !== undefined) {
    response.set('Retry-After', String(Math.ceil(problem.retryAfter)));
    if (problem.code === 'rate_limited')
      response.set({ 'RateLimit-Remaining': '0', 'RateLimit-Reset': String(Math.ceil(problem.retryAfter)) });
  }
  if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** Errors of Express and its body parser as ours. */
function translated(error: unknown): unknown {
  if (isAppError(error)) return error;
  if (error instanceof URIError) return new AppError('validation_failed', { detail: 'The address is malformed.' });
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return new AppError('payload_too_large', { detail: 'The body is too large.' });
    case 'entity.parse.failed':
      return new AppError('validation_failed', { detail: 'The body is not valid JSON.' });
    case 'parameters.too.many':
      return new AppError('validation_failed', { detail: 'The body has too many fields.' });
    case 'entity.nested':
      return new AppError('validation_failed', { detail: 'The body is nested too deeply.' });
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new AppError('unsupported_media_type', { detail: 'Send uncompressed JSON in UTF-8.' });
    case 'request.aborted':
    case 'request.size.invalid':
      return new AppError('client_closed', { detail: 'The body ended early.' });
    default:
      return error;
  }
}

const placeless = (requestId: string): Context => ({
  requestId,
  actor: null,
  transport: 'http',
  address: '',
  device: '',
  connectionId: null,
  deadline: 0,
});
