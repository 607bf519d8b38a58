import { listDeadLetters } from '../../../contracts/admin/dead-letters.ts';
import { newId } from '../../../kernel/ids.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestApp, type TestApp } from '../../../../test/harness/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test('a dead letter shows nobody what people wrote, and is handed over whole', async () => {
  const { deliveries, bus } = app.kernel;
  const id = newId();
  const payload = { message: { id, text: 'meet me at noon', senderId: id, attachments: [{ name: 'salaries.pdf' }] }, refreshToken: 'abc' };
  await deliveries.keep({ id, event: 'x.written', payload: payload as never }, 'a.reader', 8, 'Error: cannot take "meet me at noon"', null);
  const { items } = await bus.call(listDeadLetters, { limit: 1 }, contextOf('admin'));
  expect(items[0]).toMatchObject({ event: 'x.written', payload: { message: { id, senderId: id } } });
  expect(JSON.stringify(items)).not.toMatch(/noon|salaries|abc/);
  await deliveries.revive(items[0]?.id ?? '');
  expect(await deliveries.claimDue(10, 1000)).toContainEqual(expect.objectContaining({ event: { id, event: 'x.written', payload } }));
});

test('dead letters are listed newest first, and deliveries that wait for a retry are not among them', async () => {
  const { deliveries, bus } = app.kernel;
  for (const subscriber of ['a.first', 'a.second', 'a.third'])
    await deliveries.keep({ id: newId(), event: 'x.happened', payload: { n: 1 } as never }, subscriber, 8, 'broken', null);
  await deliveries.keep({ id: newId(), event: 'x.happened', payload: {} as never }, 'a.waiting', 1, 'later', 3_600_000);
  const first = await bus.call(listDeadLetters, { limit: 2 }, contextOf('admin'));
  expect(first.items.map(({ subscriber, error, attempts }) => [subscriber, error, attempts])).toEqual([
    ['a.third', 'broken', 8],
    ['a.second', 'broken', 8],
  ]);
  const rest = await bus.call(listDeadLetters, { limit: 2, cursor: first.nextCursor ?? '' }, contextOf('admin'));
  expect(rest.items.map(({ subscriber }) => subscriber)).toEqual(['a.first']);
  expect(rest.nextCursor).toBeNull();
});
