import type { Input, Output } from '../../../contracts/define.ts';
import type { listAudit } from '../../../contracts/admin/audit.ts';
import { idCursor, pageOf } from '../../../kernel/paging.ts';
import type { AdminParts } from '../parts.ts';
import { presentAuditEntry } from '../present.ts';

export async function handleListAudit(
  { kernel }: AdminParts,
  { limit, cursor, operation, actorId }: Input<typeof listAudit>,
): Promise<Output<typeof listAudit>> {
  const rows = await kernel.audit.list({
    limit: limit + 1,
    before: idCursor(cursor),
    ...(operation === undefined ? {} : { operation }),
    ...(actorId === undefined ? {} : { actorId }),
  });
  return pageOf(rows, { limit, present: presentAuditEntry, cursor: ({ id }) => id });
}
