import type { Input, Output } from '../../../contracts/define.ts';
import type { dropFailure } from '../../../contracts/notifications/failures.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { NotificationsParts } from '../parts.ts';

export async function handleDropFailure(
  { failures, measuring, clock }: Pick<NotificationsParts, 'failures' | 'measuring' | 'clock'>,
  failure: Input<typeof dropFailure>,
): Promise<Output<typeof dropFailure>> {
  if (!(await failures.drop(failure, clock.timestamp()))) throw notFound();
  measuring.forget();
  return {};
}
