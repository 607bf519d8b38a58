import type { Input, Output } from '../../../contracts/define.ts';
import type { listJobs } from '../../../contracts/admin/jobs.ts';
import { idCursor, pageOf } from '../../../kernel/paging.ts';
import type { AdminParts } from '../parts.ts';
import { presentJob } from '../present.ts';

export async function handleListJobs(
  { kernel }: AdminParts,
  { limit, cursor, state, queue }: Input<typeof listJobs>,
): Promise<Output<typeof listJobs>> {
  const rows = await kernel.jobs.list({
    limit: limit + 1,
    before: idCursor(cursor),
    ...(state === undefined ? {} : { state }),
    ...(queue === undefined ? {} : { queue }),
  });
  return pageOf(rows, { limit, present: presentJob, cursor: ({ id }) => id });
}
