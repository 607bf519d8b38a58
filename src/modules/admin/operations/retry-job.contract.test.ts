import { listJobs, retryJob } from '../../../contracts/admin/jobs.ts';
import { newId } from '../../../kernel/ids.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestApp, type TestApp } from '../../../../test/harness/app.ts';
import { enqueueWaiting, waitingQueue } from '../../../../test/harness/waiting-jobs.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test('a failed job waits for another run; one that did not fail is left alone', async () => {
  const { bus, database } = app.kernel;
  const [job] = await enqueueWaiting(app, 1);
  const input = { queue: waitingQueue.name, jobId: job?.id ?? '' };
  await expect(bus.call(retryJob, input, contextOf('admin'))).rejects.toMatchObject({ code: 'not_found' });
  await database.query("UPDATE pgboss.job SET state = 'failed', completed_on = now() WHERE id = $1", [input.jobId]);
  await bus.call(retryJob, input, contextOf('admin'));
  const [again] = (await bus.call(listJobs, { queue: waitingQueue.name }, contextOf('admin'))).items;
  expect(again).toMatchObject({ id: input.jobId, state: 'retry' });
});

test('one that is not there is not found', async () => {
  await expect(app.kernel.bus.call(retryJob, { queue: 'no.such', jobId: newId() }, contextOf('admin'))).rejects.toMatchObject({
    code: 'not_found',
  });
});
