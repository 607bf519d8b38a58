import express, { type Express, type RequestHandler } from 'express';
import type { Endpoint, HttpMethod, Operation, Route } from '../../contracts/define.ts';
import { operations } from '../../contracts/registry.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Health } from '../../kernel/health.ts';
import type { RouteCaller } from '../../kernel/routes.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';
import { healthRoutes } from './health-routes.ts';
import { metricsRoute } from './metrics-route.ts';
import { type HttpParts, operationRoute } from './operation-route.ts';
import { page } from './page.ts';
import { noSuchRoute, problemHandler } from './problems.ts';
import { crossOrigin, protectiveHeaders } from './protection.ts';
import { reference } from './reference.ts';
import { routeEndpoint } from './route-endpoint.ts';
import { RoutesUnderWay } from './routes-under-way.ts';
import { giveRequestId } from './request-id.ts';
import { measureRequests } from './request-metrics.ts';

export interface HttpTransportOptions {
  readonly health: Health;
  readonly metrics: Metrics;
  readonly metricsToken: string | null;
  readonly isStopping: () => boolean;
  /** Operations that are served somewhere in the team. */
  readonly serves: (operation: Operation) => boolean;
  /** Routes that are served somewhere in the team, and who has them answered. */
  readonly routes: { readonly mounted: readonly Route[]; readonly caller: RouteCaller };
  readonly about: { version: string; publicUrl: string };
  /** Where players get files from besides this server. */
  readonly mediaOrigin?: string | undefined;
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
  app.use(
    giveRequestId,
    measureRequests(options.metrics),
    protectiveHeaders({ secure, mediaOrigin: options.mediaOrigin }),
    healthRoutes(options),
  );
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
  mountEndpoints(app, parts, options);
  if (options.showsReference) app.use(reference(options.about));
  app.use(['/api', '/socket.io', '/health', '/metrics', '/.well-known'], noSuchRoute);
  const client = page(options.webFolder);
  if (client) app.use(client);
  app.use(noSuchRoute, problemHandler(parts.pipeline));
  return app;
}

function mountEndpoints(app: Express, parts: HttpParts, { serves, routes: { mounted, caller }, about }: HttpTransportOptions): void {
  const options = { routes: caller, publicUrl: about.publicUrl, underWay: new RoutesUnderWay() };
  const announced = new Map(
    mounted
      .map(({ http, optionsHeaders = {} }) => [pathOf(http), optionsHeaders] as const)
      .filter(([, headers]) => Object.keys(headers).length > 0),
  );
  const endpoints: readonly Mounted[] = [
    ...operations.flatMap((operation) =>
      operation.http && serves(operation) ? { http: operation.http, handler: operationRoute(operation, operation.http, parts) } : [],
    ),
    ...mounted.map((route) => ({ http: route.http, handler: routeEndpoint(route, parts, options) })),
  ];
  // Fixed segments go before parameters, with every method: `uploads` in `/media/uploads` is not an id.
  for (const [path, here] of byPath([...endpoints].sort(byFixedSegments))) {
    for (const { http, handler } of here) app[http.method.toLowerCase() as Lowercase<HttpMethod>](path, handler);
    const methods = here.map(({ http }) => http.method);
    app.all(path, (request, response) => {
      response.set('Allow', methods.join(', '));
      if (request.method === 'OPTIONS') response.set(announced.get(path) ?? {});
      if (request.method === 'OPTIONS') response.status(204).end();
      else throw new AppError('method_not_allowed', { detail: `Use ${methods.join(' or ')}.` });
    });
  }
}

function byPath(endpoints: readonly Mounted[]): ReadonlyMap<string, readonly Mounted[]> {
  const all = new Map<string, Mounted[]>();
  for (const endpoint of endpoints) {
    const path = pathOf(endpoint.http);
    all.set(path, [...(all.get(path) ?? []), endpoint]);
  }
  return all;
}

const pathOf = ({ root, path }: Pick<NonNullable<Endpoint['http']>, 'root' | 'path'>): string => (root ? '' : '/api/v1') + path;

interface Mounted {
  readonly http: NonNullable<Endpoint['http']>;
  readonly handler: RequestHandler;
}

const byFixedSegments = (a: Mounted, b: Mounted): number => parameters(a) - parameters(b);
const parameters = ({ http }: Mounted): number => http.path.match(/:/g)?.length ?? 0;
