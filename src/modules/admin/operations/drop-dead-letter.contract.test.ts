import { dropDeadLetter, listDeadLetters } from '../../../contracts/admin/dead-letters.ts';
import { newId } from '../../../kernel/ids.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestApp, type TestApp } from '../../../../test/harness/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test('a dead letter that is given up is gone, and can be given up once', async () => {
  const { deliveries, bus } = app.kernel;
  await deliveries.keep({ id: newId(), event: 'x.happened', payload: {} as never }, 'a.listener', 8, 'broken', null);
  const [letter] = (await bus.call(listDeadLetters, {}, contextOf('admin'))).items;
  await bus.call(dropDeadLetter, { deadLetterId: letter?.id ?? '' }, contextOf('admin'));
  expect((await bus.call(listDeadLetters, {}, contextOf('admin'))).items).toEqual([]);
  await expect(bus.call(dropDeadLetter, { deadLetterId: letter?.id ?? '' }, contextOf('admin'))).rejects.toMatchObject({
    code: 'not_found',
  });
});
