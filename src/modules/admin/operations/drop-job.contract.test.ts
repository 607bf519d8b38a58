import { dropJob, listJobs } from '../../../contracts/admin/operations.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestHouse, type TestHouse } from '../../../../test/harness/house.ts';
import { enqueueWaiting, waitingQueue } from '../../../../test/harness/waiting-jobs.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

test('a job that waits can be given up, one under way cannot', async () => {
  const { bus, database } = house.kernel;
  const [running, waiting] = await enqueueWaiting(house, 2);
  await database.query("UPDATE pgboss.job SET state = 'active', started_on = now() WHERE id = $1", [running?.id]);
  await bus.call(dropJob, { queue: waitingQueue.name, jobId: waiting?.id ?? '' }, contextOf('admin'));
  await expect(bus.call(dropJob, { queue: waitingQueue.name, jobId: running?.id ?? '' }, contextOf('admin'))).rejects.toMatchObject({
    code: 'not_found',
  });
  const left = await bus.call(listJobs, { queue: waitingQueue.name }, contextOf('admin'));
  expect(left.items.map(({ id }) => id)).toEqual([running?.id]);
});
