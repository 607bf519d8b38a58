import type { Input, Output } from '../../../contracts/define.ts';
import type { retryFailures } from '../../../contracts/notifications/failures.ts';
import { channelsOn } from '../channels.ts';
import type { NotificationsParts } from '../parts.ts';
import { failureFilterOf } from '../present.ts';

const together = 1_000;

export async function handleRetryFailures(
  { failures, channels, measuring, clock }: Pick<NotificationsParts, 'failures' | 'channels' | 'measuring' | 'clock'>,
  { until, ...filter }: Input<typeof retryFailures>,
): Promise<Output<typeof retryFailures>> {
  const now = clock.timestamp();
  const done = await failures.retryAll(failureFilterOf(filter), { until: until ?? now, now, limit: together, on: channelsOn(channels) });
  measuring.forget();
  return done;
}
