import type { Input, Output } from '../../../contracts/define.ts';
import type { retryFailure } from '../../../contracts/notifications/failures.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { channelsOn } from '../channels.ts';
import type { NotificationsParts } from '../parts.ts';

export async function handleRetryFailure(
  { failures, channels, measuring, clock }: Pick<NotificationsParts, 'failures' | 'channels' | 'measuring' | 'clock'>,
  failure: Input<typeof retryFailure>,
): Promise<Output<typeof retryFailure>> {
  const became = await failures.retry(failure, { now: clock.timestamp(), on: channelsOn(channels) });
  if (became === 'none') throw notFound();
  if (became !== 'retried') throw new AppError('conflict', { detail: refusals[became] });
  measuring.forget();
  return {};
}

const refusals = {
  expired: 'Its life has ended: it cannot be sent any more, only taken off the list.',
  off: 'Its channel is off: turn that on first.',
} as const;
