import { dropJob, listJobs } from '../../../contracts/admin/jobs.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestApp, type TestApp } from '../../../../test/harness/app.ts';
import { enqueueWaiting, waitingQueue } from '../../../../test/harness/waiting-jobs.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test('a job that waits can be given up, one under way cannot', async () => {
  const { bus, database } = app.kernel;
  const [running, waiting] = await enqueueWaiting(app, 2);
  await database.query("UPDATE pgboss.job SET state = 'active', started_on = now() WHERE id = $1", [running?.id]);
  await bus.call(dropJob, { queue: waitingQueue.name, jobId: waiting?.id ?? '' }, contextOf('admin'));
  await expect(bus.call(dropJob, { queue: waitingQueue.name, jobId: running?.id ?? '' }, contextOf('admin'))).rejects.toMatchObject({
    code: 'not_found',
  });
  const left = await bus.call(listJobs, { queue: waitingQueue.name }, contextOf('admin'));
  expect(left.items.map(({ id }) => id)).toEqual([running?.id]);
});
