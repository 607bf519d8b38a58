import { listDeadLetters, retryDeadLetter } from '../../../contracts/admin/operations.ts';
import { userCreated } from '../../../contracts/auth/events.ts';
import { newId } from '../../../kernel/ids.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestHouse, type TestHouse } from '../../../../test/harness/house.ts';

const newcomer = {
  username: 'new',
  displayName: 'New',
  avatarUrl: null,
  role: 'member',
  active: true,
  createdAt: new Date(0).toISOString(),
};

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

test('a dead letter is handed to its subscriber again; it is dead no longer', async () => {
  const { deliveries, bus } = house.kernel;
  const payload = { user: { ...newcomer, id: newId() }, conversationIds: [] };
  await deliveries.keep({ id: newId(), event: userCreated.name, payload: payload as never }, 'chat.on-user-created', 8, 'broken', null);
  const [letter] = (await bus.call(listDeadLetters, {}, contextOf('admin'))).items;
  await bus.call(retryDeadLetter, { deadLetterId: letter?.id ?? '' }, contextOf('admin'));
  await expect(bus.call(retryDeadLetter, { deadLetterId: letter?.id ?? '' }, contextOf('admin'))).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('one that is not there is not found', async () => {
  await expect(house.kernel.bus.call(retryDeadLetter, { deadLetterId: newId() }, contextOf('admin'))).rejects.toMatchObject({
    code: 'not_found',
  });
});
