import type { Input, Output } from '../../../contracts/define.ts';
import type { retryFailure } from '../../../contracts/notifications/failures.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import type { NotificationsParts } from '../parts.ts';

export async function handleRetryFailure(
  { failures, measuring, clock }: Pick<NotificationsParts, 'failures' | 'measuring' | 'clock'>,
  failure: Input<typeof retryFailure>,
): Promise<Output<typeof retryFailure>> {
  const became = await failures.retry(failure, clock.timestamp());
  if (became === 'none') throw notFound();
  if (became === 'expired')
    throw new AppError('conflict', { detail: 'Its life has ended: it cannot be sent any more, only taken off the list.' });
  measuring.forget();
  return {};
}
