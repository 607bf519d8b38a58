import { listAudit } from '../../../contracts/admin/audit.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { idCursor, pageOf } from '../paging.ts';
import type { AdminParts } from '../parts.ts';

export const listAuditOperation = ({ kernel }: AdminParts) =>
  implement(listAudit, async ({ limit, cursor, operation, actorId }) => {
    const rows = await kernel.audit.list({
      limit: limit + 1,
      before: idCursor(cursor),
      ...(operation === undefined ? {} : { operation }),
      ...(actorId === undefined ? {} : { actorId }),
    });
    return pageOf(rows, limit);
  });
