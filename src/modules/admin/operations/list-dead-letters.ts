import { listDeadLetters } from '../../../contracts/admin/dead-letters.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { idCursor, pageOf } from '../paging.ts';
import type { AdminParts } from '../parts.ts';
import { shown } from '../shown-failure.ts';

export const listDeadLettersOperation = ({ kernel }: AdminParts) =>
  implement(listDeadLetters, async ({ limit, cursor }) => {
    const rows = await kernel.deliveries.listDead(limit + 1, idCursor(cursor));
    return pageOf(rows.map(shown), limit);
  });
