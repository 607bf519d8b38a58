import express, { type Express } from 'express';
import type { HttpMethod, Operation } from '../../contracts/define.ts';
import { operations } from '../../contracts/registry.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Health } from '../../kernel/health.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';
import { healthRoutes } from './health-routes.ts';
import { metricsRoute } from './metrics-route.ts';
import { type HttpParts, operationRoute } from './operation-route.ts';
import { page } from './page.ts';
import { noSuchRoute, problemHandler } from './problems.ts';
import { crossOrigin, protectiveHeaders } from './protection.ts';
import { reference } from './reference.ts';
import { giveRequestId } from './request-id.ts';
import { measureRequests } from './request-metrics.ts';

export interface HttpTransportOptions {
  readonly health: Health;
  readonly metrics: Metrics;
  readonly metricsToken: string | null;
  readonly isStopping: () => boolean;
  /** Operations that are served somewhere in the team. */
  readonly serves: (operation: Operation) => boolean;
  readonly about: { version: string; publicUrl: string };
  readonly showsReference: boolean;
  readonly webFolder: string;
}

/** The HTTP transport: routes from the contracts, health, documents and the page. */
export function httpTransport(parts: HttpParts, options: HttpTransportOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  const secure = options.about.publicUrl.startsWith('https:');
  app.use(giveRequestId, measureRequests(options.metrics), protectiveHeaders({ secure }), healthRoutes(options));
  // Whatever follows is charged before a token is looked at and before a body is read: guessing and sending are not free.
  app.use(async (request, _response, next) => {
    await parts.limits.spendAddress(parts.addressOf(request));
    next();
  });
  app.use(metricsRoute(options), crossOrigin(parts.origins));
  app.use('/api/v1', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  mountOperations(app, parts, options);
  if (options.showsReference) app.use(reference(options.about));
  app.use(['/api', '/socket.io', '/health', '/metrics', '/.well-known'], noSuchRoute);
  const client = page(options.webFolder);
  if (client) app.use(client);
  app.use(noSuchRoute, problemHandler(parts.pipeline));
  return app;
}

function mountOperations(app: Express, parts: HttpParts, { serves }: HttpTransportOptions): void {
  const allowed = new Map<string, HttpMethod[]>();
  // Fixed segments go before parameters: `/users/me` is nobody's id.
  const routed = operations.filter((operation) => operation.http && serves(operation)).sort(byFixedSegments);
  for (const operation of routed) {
    const binding = operation.http;
    if (!binding) continue;
    const path = (binding.root ? '' : '/api/v1') + binding.path;
    const method = binding.method.toLowerCase() as Lowercase<HttpMethod>;
    app[method](path, operationRoute(operation, binding, parts));
    allowed.set(path, [...(allowed.get(path) ?? []), binding.method]);
  }
  for (const [path, methods] of allowed) {
    app.all(path, (request, response) => {
      response.set('Allow', methods.join(', '));
      if (request.method === 'OPTIONS') response.status(204).end();
      else throw new AppError('method_not_allowed', { detail: `Use ${methods.join(' or ')}.` });
    });
  }
}

const byFixedSegments = (a: Operation, b: Operation): number => parameters(a) - parameters(b);
const parameters = (operation: Operation): number => operation.http?.path.match(/:/g)?.length ?? 0;
