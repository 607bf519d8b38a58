import { Router } from 'express';
import { type Clock, systemClock } from '../../kernel/clock.ts';
import type { CheckResult, Health } from '../../kernel/health.ts';

interface HealthParts {
  readonly health: Health;
  readonly isStopping: () => boolean;
  readonly clock?: Pick<Clock, 'monotonic'>;
}

/** How long one round of checks answers for: anybody may ask, and a flood of questions must not reach the database. */
const freshMs = 1_000;

/** `/health/live` and `/health/ready`. They cost next to nothing, so they are charged to nobody. */
export function healthRoutes({ health, isStopping, clock = systemClock }: HealthParts): Router {
  const router = Router();
  const checked = remembered(() => health.run(), clock);
  router.get('/health/live', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/health/ready', async (_request, response) => {
    const checks = await checked();
    const ready = !isStopping() && checks.every((check) => check.ok || !check.required);
    response
      .set('Cache-Control', 'no-store')
      .status(ready ? 200 : 503)
      .json({
        status: ready ? 'ok' : isStopping() ? 'stopping' : 'unavailable',
        checks: checks.map(({ name, ok, required }) => ({ name, ok, required })),
      });
  });
  return router;
}

type Check = () => Promise<readonly CheckResult[]>;

/** One round of checks at a time, and its results for a second. */
function remembered(run: Check, clock: Pick<Clock, 'monotonic'>): Check {
  let last: Promise<readonly CheckResult[]> | null = null;
  let freshUntil = -Infinity;
  return () => {
    if (last && clock.monotonic() < freshUntil) return last;
    freshUntil = Infinity;
    last = run().finally(() => {
      freshUntil = clock.monotonic() + freshMs;
    });
    return last;
  };
}
