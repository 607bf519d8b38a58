import type { Input, Output } from '../../../contracts/define.ts';
import type { dropJob } from '../../../contracts/admin/jobs.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AdminParts } from '../parts.ts';

export async function handleDropJob({ kernel }: AdminParts, { queue, jobId }: Input<typeof dropJob>): Promise<Output<typeof dropJob>> {
  if (!(await kernel.jobs.drop(queue, jobId))) throw notFound('There is no such job, or it runs right now.');
  return {};
}
