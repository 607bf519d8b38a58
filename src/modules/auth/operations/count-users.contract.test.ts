import { countUsers, disableUser } from '../../../contracts/auth/accounts.ts';
import { logOut } from '../../../contracts/auth/sessions.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

test('auth.countUsers counts accounts, active ones and open sessions', async () => {
  expect(await bench.call(countUsers, {})).toEqual({ users: 0, active: 0, sessions: 0 });
  const owner = await bench.owner();
  const [ana, ben] = [await bench.person('ana'), await bench.person('ben')];
  await bench.signIn('ana');
  await bench.call(logOut, {}, ana);
  await bench.call(disableUser, { userId: ben.user.id }, owner);
  expect(await bench.call(countUsers, {})).toEqual({ users: 3, active: 2, sessions: 2 });
});
