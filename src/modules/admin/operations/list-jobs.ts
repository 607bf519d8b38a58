import { listJobs } from '../../../contracts/admin/jobs.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { idCursor, pageOf } from '../paging.ts';
import type { AdminParts } from '../parts.ts';
import { shown } from '../shown-failure.ts';

export const listJobsOperation = ({ kernel }: AdminParts) =>
  implement(listJobs, async ({ limit, cursor, state, queue }) => {
    const rows = await kernel.jobs.list({
      limit: limit + 1,
      before: idCursor(cursor),
      ...(state === undefined ? {} : { state }),
      ...(queue === undefined ? {} : { queue }),
    });
    return pageOf(rows.map(shown), limit);
  });
