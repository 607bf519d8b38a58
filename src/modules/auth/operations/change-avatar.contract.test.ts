import { disableUser, enableUser, userUpdated } from '../../../contracts/auth/accounts.ts';
import { changeAvatar } from '../../../contracts/auth/avatars.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
beforeAll(() => bench.owner());

const avatarUrl = '/api/v1/avatars/x';

test('a person changes the picture of their own account, which is published', async () => {
  const ana = await bench.person('ana');
  const changed = await bench.call(changeAvatar, { userId: ana.user.id, avatarUrl }, ana);
  expect(changed).toEqual({ ...ana.user, avatarUrl });
  const { email: _, ...known } = changed;
  expect(bench.received(userUpdated).at(-1)).toEqual({ user: known });
  expect((await bench.call(changeAvatar, { userId: ana.user.id, avatarUrl: null }, ana)).avatarUrl).toBeNull();
});

test('of others it is changed by those who may change the account', async () => {
  const [owner, ben, cleo] = [await bench.owner(), await bench.person('ben'), await bench.person('cleo')];
  await bench.call(changeAvatar, { userId: ben.user.id, avatarUrl }, ben);
  const refused = bench.call(changeAvatar, { userId: ben.user.id, avatarUrl: null }, cleo);
  await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  expect((await bench.call(changeAvatar, { userId: ben.user.id, avatarUrl: null }, owner)).avatarUrl).toBeNull();
});

test('a closed account has none, and does not get one', async () => {
  const [owner, dora] = [await bench.owner(), await bench.person('dora')];
  await bench.call(changeAvatar, { userId: dora.user.id, avatarUrl }, dora);
  expect((await bench.call(disableUser, { userId: dora.user.id }, owner)).avatarUrl).toBeNull();
  const late = bench.call(changeAvatar, { userId: dora.user.id, avatarUrl }, dora);
  await expect(late).rejects.toMatchObject({ code: 'not_found' });
  expect((await bench.call(enableUser, { userId: dora.user.id }, owner)).avatarUrl).toBeNull();
});
