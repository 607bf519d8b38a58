import { listJobs } from '../../../contracts/admin/jobs.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestApp, type TestApp } from '../../../../test/harness/app.ts';
import { enqueueWaiting, waitingQueue } from '../../../../test/harness/waiting-jobs.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test('jobs are listed newest first, by queue and state, page by page', async () => {
  const all = await enqueueWaiting(app, 3);
  expect(all.map(({ payload, state, queue }) => [payload, state, queue])).toEqual(
    [3, 2, 1].map((n) => [{ n }, 'waiting', waitingQueue.name]),
  );
  const { bus } = app.kernel;
  const first = await bus.call(listJobs, { queue: waitingQueue.name, limit: 2 }, contextOf('admin'));
  const rest = await bus.call(listJobs, { queue: waitingQueue.name, limit: 2, cursor: first.nextCursor ?? '' }, contextOf('admin'));
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect((await bus.call(listJobs, { queue: waitingQueue.name, state: 'failed' }, contextOf('admin'))).items).toEqual([]);
});
