import { changeRole, disableUser, readAdmins } from '../../../contracts/auth/accounts.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

test('auth.readAdmins answers owners and admins whose account is open', async () => {
  const owner = await bench.owner();
  const [ana, ben] = [await bench.person('ana'), await bench.person('ben')];
  await bench.person('clara');
  for (const { user } of [ana, ben]) await bench.call(changeRole, { userId: user.id, role: 'admin' }, owner);
  await bench.call(disableUser, { userId: ben.user.id }, owner);
  const { userIds } = await bench.call(readAdmins, {});
  expect([...userIds].sort()).toEqual([owner.user.id, ana.user.id].sort());
});
