import { disableUser, readUsers } from '../../../contracts/auth/accounts.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

test('auth.readUsers gives the active ones of those asked, without their addresses', async () => {
  const owner = await bench.owner();
  const [ana, gone] = [await bench.person('ana'), await bench.person('gone')];
  await bench.call(disableUser, { userId: gone.user.id }, owner);
  const { email: _, ...known } = ana.user;
  const { items } = await bench.call(readUsers, { userIds: [ana.user.id, gone.user.id, newId(), ana.user.id] });
  expect(items).toEqual([known]);
  expect(await bench.call(readUsers, { userIds: [] })).toEqual({ items: [] });
});
