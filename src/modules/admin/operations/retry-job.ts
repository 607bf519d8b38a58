import { retryJob } from '../../../contracts/admin/jobs.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AdminParts } from '../parts.ts';

export const retryJobOperation = ({ kernel }: AdminParts) =>
  implement(retryJob, async ({ queue, jobId }) => {
    if (!(await kernel.jobs.retry(queue, jobId))) throw notFound('There is no failed job of this id.');
    return {};
  });
