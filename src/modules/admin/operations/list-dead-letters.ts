import type { Input, Output } from '../../../contracts/define.ts';
import type { listDeadLetters } from '../../../contracts/admin/dead-letters.ts';
import { idCursor, pageOf } from '../../../kernel/paging.ts';
import type { AdminParts } from '../parts.ts';
import { presentDeadLetter } from '../present.ts';

export async function handleListDeadLetters(
  { kernel }: AdminParts,
  { limit, cursor }: Input<typeof listDeadLetters>,
): Promise<Output<typeof listDeadLetters>> {
  const rows = await kernel.deliveries.listDead(limit + 1, idCursor(cursor));
  return pageOf(rows, { limit, present: presentDeadLetter, cursor: ({ id }) => id });
}
