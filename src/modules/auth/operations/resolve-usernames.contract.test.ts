import { disableUser, resolveUsernames } from '../../../contracts/auth/accounts.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

test('auth.resolveUsernames knows the active ones, and leaves out whom it does not know', async () => {
  const owner = await bench.owner();
  const [ana, gone] = [await bench.person('ana'), await bench.person('gone')];
  await bench.call(disableUser, { userId: gone.user.id }, owner);
  const { items } = await bench.call(resolveUsernames, { usernames: ['ana', 'gone', 'nobody', 'olga'] });
  expect(items.sort((a, b) => a.username.localeCompare(b.username))).toEqual([
    { username: 'ana', userId: ana.user.id },
    { username: 'olga', userId: owner.user.id },
  ]);
});
