import { listJobs } from '../../src/contracts/admin/jobs.ts';
import type { Job, JobQueue } from '../../src/kernel/jobs.ts';
import { contextOf } from './contexts.ts';
import type { TestApp } from './app.ts';

/** A queue for tests of this module: it opens with the app's next start, so its jobs wait until then. */
export const waitingQueue: JobQueue<{ n: number }> = { name: 'tests.wait', retries: 0, handle: () => Promise.resolve() };

/** Makes the queue known without a worker and puts jobs into it. */
export async function enqueueWaiting({ kernel }: TestApp, count: number): Promise<readonly Job[]> {
  await kernel.database.query('SELECT pgboss.create_queue($1, $2::json)', [waitingQueue.name, JSON.stringify({ policy: 'standard' })]);
  for (let n = 1; n <= count; n++) await kernel.jobs.enqueue(waitingQueue, { n });
  return (await kernel.bus.call(listJobs, { queue: waitingQueue.name }, contextOf('admin'))).items;
}
