import { timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import { AppError, notFound } from '../../kernel/errors.ts';
import type { Health } from '../../kernel/health.ts';
import { hashSecret } from '../../kernel/ids.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';
import { type AddressOf, isLoopback } from '../address.ts';

interface HealthParts {
  readonly health: Health;
  readonly metrics: Metrics;
  readonly metricsToken: string | null;
  readonly addressOf: AddressOf;
  readonly isStopping: () => boolean;
}

/** `/health/live`, `/health/ready` and `/metrics` (this machine only, unless a token is configured). */
export function healthRoutes({ health, metrics, metricsToken, addressOf, isStopping }: HealthParts): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/health/ready', async (_request, response) => {
    const checks = await health.run();
    const ready = !isStopping() && checks.every((check) => check.ok || !check.required);
    response
      .set('Cache-Control', 'no-store')
      .status(ready ? 200 : 503)
      .json({
        status: ready ? 'ok' : isStopping() ? 'stopping' : 'unavailable',
        checks: checks.map(({ name, ok, required }) => ({ name, ok, required })),
      });
  });
  router.get('/metrics', async (request, response) => {
    const presented = /^Bearer (\S+)$/.exec(request.get('Authorization') ?? '')?.[1];
    if (metricsToken !== null) {
      if (presented === undefined || !sameSecret(presented, metricsToken))
        throw new AppError('unauthenticated', { detail: 'Send the metrics token.' });
    } else if (!isLoopback(addressOf(request)) || request.get('X-Forwarded-For') !== undefined) {
      throw notFound();
    }
    const { contentType, body } = await metrics.expose();
    response.set('Content-Type', contentType).send(body);
  });
  return router;
}

const sameSecret = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(hashSecret(a)), Buffer.from(hashSecret(b)));
