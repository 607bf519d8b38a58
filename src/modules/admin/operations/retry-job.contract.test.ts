import { listJobs, retryJob } from '../../../contracts/admin/operations.ts';
import { newId } from '../../../kernel/ids.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestHouse, type TestHouse } from '../../../../test/harness/house.ts';
import { enqueueWaiting, waitingQueue } from '../../../../test/harness/waiting-jobs.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

test('a failed job waits for another run; one that did not fail is left alone', async () => {
  const { bus, database } = house.kernel;
  const [job] = await enqueueWaiting(house, 1);
  const input = { queue: waitingQueue.name, jobId: job?.id ?? '' };
  await expect(bus.call(retryJob, input, contextOf('admin'))).rejects.toMatchObject({ code: 'not_found' });
  await database.query("UPDATE pgboss.job SET state = 'failed', completed_on = now() WHERE id = $1", [input.jobId]);
  await bus.call(retryJob, input, contextOf('admin'));
  const [again] = (await bus.call(listJobs, { queue: waitingQueue.name }, contextOf('admin'))).items;
  expect(again).toMatchObject({ id: input.jobId, state: 'retry' });
});

test('one that is not there is not found', async () => {
  await expect(house.kernel.bus.call(retryJob, { queue: 'no.such', jobId: newId() }, contextOf('admin'))).rejects.toMatchObject({
    code: 'not_found',
  });
});
