import type { Input, Output } from '../../../contracts/define.ts';
import type { dropDeadLetter } from '../../../contracts/admin/dead-letters.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AdminParts } from '../parts.ts';

export async function handleDropDeadLetter(
  { kernel }: AdminParts,
  { deadLetterId }: Input<typeof dropDeadLetter>,
): Promise<Output<typeof dropDeadLetter>> {
  if (!(await kernel.deliveries.drop(deadLetterId))) throw notFound();
  return {};
}
