import type { Input, Output } from '../../../contracts/define.ts';
import type { retryJob } from '../../../contracts/admin/jobs.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AdminParts } from '../parts.ts';

export async function handleRetryJob({ kernel }: AdminParts, { queue, jobId }: Input<typeof retryJob>): Promise<Output<typeof retryJob>> {
  if (!(await kernel.jobs.retry(queue, jobId))) throw notFound('There is no failed job of this id.');
  return {};
}
