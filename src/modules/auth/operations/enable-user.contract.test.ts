import { disableUser, enableUser, userUpdated } from '../../../contracts/auth/accounts.ts';

import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.enableUser', () => {
  test('lets a closed account sign in again, by its old password', async () => {
    const owner = await bench.owner();
    const { user } = await bench.person('ana');
    await bench.call(disableUser, { userId: user.id }, owner);
    expect(await bench.call(enableUser, { userId: user.id }, owner)).toEqual(user);
    expect(bench.received(userUpdated).at(-1)?.user).toMatchObject({ id: user.id, active: true });
    await expect(bench.signIn('ana')).resolves.toBeDefined();
  });

  test('is an owner’s to do for an admin', async () => {
    const owner = await bench.owner();
    const [adam, alma] = [await bench.person('adam', 'admin'), await bench.person('alma', 'admin')];
    await bench.call(disableUser, { userId: alma.user.id }, owner);
    await expect(bench.call(enableUser, { userId: alma.user.id }, adam)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(bench.call(enableUser, { userId: newId() }, owner)).rejects.toMatchObject({ code: 'not_found' });
  });
});
