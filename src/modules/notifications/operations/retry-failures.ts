import type { Input, Output } from '../../../contracts/define.ts';
import type { retryFailures } from '../../../contracts/notifications/failures.ts';
import type { NotificationsParts } from '../parts.ts';
import { failureFilterOf } from '../present.ts';

const together = 1_000;

export async function handleRetryFailures(
  { failures, measuring, clock }: Pick<NotificationsParts, 'failures' | 'measuring' | 'clock'>,
  { until, ...filter }: Input<typeof retryFailures>,
): Promise<Output<typeof retryFailures>> {
  const now = clock.timestamp();
  const done = await failures.retryAll(failureFilterOf(filter), { until: until ?? now, now, limit: together });
  measuring.forget();
  return done;
}
