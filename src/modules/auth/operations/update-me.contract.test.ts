import { getMe, updateMe, userUpdated } from '../../../contracts/auth/accounts.ts';

import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
beforeAll(() => bench.owner());

describe('auth.updateMe', () => {
  test('changes name and username, and is published without the address', async () => {
    const ana = await bench.person('ana');
    const updated = await bench.call(updateMe, { displayName: ' Ana Berg ', username: 'Ana.Berg' }, ana);
    expect(updated).toEqual({ ...ana.user, displayName: 'Ana Berg', username: 'ana.berg' });
    const { email: _, ...known } = updated;
    expect(bench.received(userUpdated)).toEqual([{ user: known }]);
    await expect(bench.signIn('ana.berg')).resolves.toBeDefined();
  });

  test('with nothing to change changes and publishes nothing', async () => {
    const ben = await bench.person('ben');
    const before = bench.received(userUpdated).length;
    expect(await bench.call(updateMe, {}, ben)).toEqual(ben.user);
    expect(bench.received(userUpdated)).toHaveLength(before);
  });

  test('refuses a username that is taken and changes nothing', async () => {
    const cleo = await bench.person('cleo');
    const taken = bench.call(updateMe, { displayName: 'Changed', username: 'olga' }, cleo);
    await expect(taken).rejects.toMatchObject({ code: 'username_taken', status: 409 });
    expect(await bench.call(getMe, {}, cleo)).toEqual(cleo.user);
  });

  test.each([
    ['role', 'owner'],
    ['active', false],
    ['email', 'x@example.org'],
    ['id', newId()],
    ['passwordHash', 'x'],
    ['password_hash', 'x'],
  ])('refuses to change %s', async (field, value) => {
    const refused = bench.call(updateMe, { displayName: 'X', [field]: value }, await bench.owner());
    await expect(refused).rejects.toMatchObject({ code: 'validation_failed' });
  });

  test('gives nobody a reserved name, and takes none from whoever has one', async () => {
    const ana = await bench.person('alla');
    await expect(bench.call(updateMe, { username: 'here' }, ana)).rejects.toMatchObject({ code: 'username_reserved' });
    await bench.database.query("UPDATE auth.users SET username = 'all' WHERE id = $1", [ana.user.id]);
    await expect(bench.call(updateMe, { username: 'all', displayName: 'Ana' }, ana)).resolves.toMatchObject({ displayName: 'Ana' });
  });

  test.each([
    { username: 'a' },
    { username: 'has blank' },
    { username: '-edge-' },
    { displayName: '' },
    { displayName: 'a\u0000b' },
    { displayName: 'x'.repeat(81) },
  ])('refuses %j', async (input) => {
    await expect(bench.call(updateMe, input, await bench.owner())).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
