import { dropJob } from '../../../contracts/admin/jobs.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AdminParts } from '../parts.ts';

export const dropJobOperation = ({ kernel }: AdminParts) =>
  implement(dropJob, async ({ queue, jobId }) => {
    if (!(await kernel.jobs.drop(queue, jobId))) throw notFound('There is no such job, or it runs right now.');
    return {};
  });
