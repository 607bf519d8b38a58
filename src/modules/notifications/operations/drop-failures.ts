import type { Input, Output } from '../../../contracts/define.ts';
import type { dropFailures } from '../../../contracts/notifications/failures.ts';
import type { NotificationsParts } from '../parts.ts';
import { failureFilterOf } from '../present.ts';

const together = 1_000;

export async function handleDropFailures(
  { failures, measuring, clock }: Pick<NotificationsParts, 'failures' | 'measuring' | 'clock'>,
  { until, ...filter }: Input<typeof dropFailures>,
): Promise<Output<typeof dropFailures>> {
  const now = clock.timestamp();
  const done = await failures.dropAll(failureFilterOf(filter), { until: until ?? now, now, limit: together });
  measuring.forget();
  return done;
}
