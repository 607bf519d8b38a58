import type { RequestHandler } from 'express';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';

/** How long answers take, by operation and class of status. */
export function measureRequests(metrics: Metrics): RequestHandler {
  const took = metrics.histogram('confab_http_request_seconds', 'Time to answer an HTTP request', ['operation', 'status']);
  return (_request, response, next) => {
    const startedAt = performance.now();
    response.once('finish', () => {
      const operation = response.locals['operation'] as string | undefined;
      if (operation !== undefined)
        took.observe((performance.now() - startedAt) / 1000, { operation, status: `${String(Math.floor(response.statusCode / 100))}xx` });
    });
    next();
  };
}
