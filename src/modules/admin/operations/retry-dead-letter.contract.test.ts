import { listDeadLetters, retryDeadLetter } from '../../../contracts/admin/dead-letters.ts';
import { userCreated } from '../../../contracts/auth/accounts.ts';
import { newId } from '../../../kernel/ids.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestApp, type TestApp } from '../../../../test/harness/app.ts';

const newcomer = {
  username: 'new',
  displayName: 'New',
  avatarUrl: null,
  role: 'member',
  active: true,
  createdAt: new Date(0).toISOString(),
};

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test('a dead letter is handed to its subscriber again; it is dead no longer', async () => {
  const { deliveries, bus } = app.kernel;
  const payload = { user: { ...newcomer, id: newId() }, conversationIds: [] };
  await deliveries.keep({ id: newId(), event: userCreated.name, payload: payload as never }, 'chat.on-user-created', 8, 'broken', null);
  const [letter] = (await bus.call(listDeadLetters, {}, contextOf('admin'))).items;
  await bus.call(retryDeadLetter, { deadLetterId: letter?.id ?? '' }, contextOf('admin'));
  await expect(bus.call(retryDeadLetter, { deadLetterId: letter?.id ?? '' }, contextOf('admin'))).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('one that is not there is not found', async () => {
  await expect(app.kernel.bus.call(retryDeadLetter, { deadLetterId: newId() }, contextOf('admin'))).rejects.toMatchObject({
    code: 'not_found',
  });
});
