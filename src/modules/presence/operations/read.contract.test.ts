import { readPresence } from '../../../contracts/presence/statuses.ts';
import { newId } from '../../../kernel/ids.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestApp, type TestApp } from '../../../../test/harness/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test('each person asked for is answered once, whether known or not', async () => {
  const userId = newId();
  const { items } = await app.kernel.bus.call(readPresence, { userIds: [userId, userId] }, contextOf());
  expect(items).toEqual([{ userId, status: 'offline', lastSeenAt: null, text: null, until: null }]);
});

test('more than 200 at once are refused', async () => {
  const userIds = Array.from({ length: 201 }, () => newId());
  await expect(app.kernel.bus.call(readPresence, { userIds }, contextOf())).rejects.toMatchObject({ code: 'validation_failed' });
});

test('a guest gets those whom the gateway names and themselves, the others are left out', async () => {
  const context = contextOf('guest');
  const [shown, hidden, me] = [newId(), newId(), context.actor?.userId ?? ''];
  const asked = async (people?: string[]) => {
    const { items } = await app.kernel.bus.call(
      readPresence,
      { userIds: [shown, hidden, me] },
      { ...context, ...(people ? { people } : {}) },
    );
    return items.map(({ userId }) => userId);
  };
  expect(await asked([shown])).toEqual([shown, me]);
  expect(await asked()).toEqual([me]);
});
