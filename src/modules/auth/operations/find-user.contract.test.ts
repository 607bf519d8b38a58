import { disableUser, findUser } from '../../../contracts/auth/accounts.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.findUser', () => {
  test('finds an account by name, address or id, whatever the case, closed or not', async () => {
    const owner = await bench.owner();
    const { user } = await bench.person('ana');
    await bench.call(disableUser, { userId: user.id }, owner);
    for (const login of ['ANA', 'Ana@Example.org', user.id.toUpperCase(), '  ana '])
      expect(await bench.call(findUser, { login })).toEqual({ ...user, active: false });
  });

  test.each(['nobody', '00000000-0000-0000-0000-000000000000', '%'])('finds nobody by %s', async (login) => {
    await expect(bench.call(findUser, { login })).rejects.toMatchObject({ code: 'not_found' });
  });
});
