import type { Input, Output } from '../../../contracts/define.ts';
import type { retryDeadLetter } from '../../../contracts/admin/dead-letters.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AdminParts } from '../parts.ts';

export async function handleRetryDeadLetter(
  { kernel }: AdminParts,
  { deadLetterId }: Input<typeof retryDeadLetter>,
): Promise<Output<typeof retryDeadLetter>> {
  if (!(await kernel.deliveries.revive(deadLetterId))) throw notFound();
  return {};
}
