import { z } from 'zod';
import { operation } from '../define.ts';
import { exactText, Id, Nothing, page, Timestamp } from '../primitives.ts';
import { Paged } from './paged.ts';

export const Job = z
  .strictObject({
    id: Id,
    queue: z.string(),
    state: z.enum(['waiting', 'retry', 'active', 'completed', 'cancelled', 'failed']),
    /** Without secrets and without what people wrote. */
    payload: z.unknown(),
    attempts: z.int(),
    error: z.string().nullable(),
    createdAt: Timestamp,
    startAfter: Timestamp,
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;

const OneJob = z.strictObject({ queue: exactText(1, 100), jobId: Id });

export const listJobs = operation({
  name: 'admin.listJobs',
  summary: 'Background jobs, newest first',
  access: 'admin',
  input: z.strictObject({ ...Paged, state: Job.shape.state.optional(), queue: exactText(1, 100).optional() }),
  output: page(Job),
  http: { method: 'GET', path: '/admin/jobs' },
});

export const retryJob = operation({
  name: 'admin.retryJob',
  summary: 'Run a failed job again',
  access: 'admin',
  input: OneJob,
  output: Nothing,
  http: { method: 'POST', path: '/admin/jobs/:queue/:jobId/retry', status: 204 },
});

export const dropJob = operation({
  name: 'admin.dropJob',
  summary: 'Delete a failed job without running it again',
  access: 'admin',
  input: OneJob,
  output: Nothing,
  http: { method: 'DELETE', path: '/admin/jobs/:queue/:jobId', status: 204 },
});
