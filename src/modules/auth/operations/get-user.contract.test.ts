import { disableUser, getUser } from '../../../contracts/auth/operations.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench } from '../auth-bench.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.getUser', () => {
  test('shows anyone to anyone, the address to themself and to admins', async () => {
    const [owner, admin, ana, guest] = await Promise.all([
      bench.owner(),
      bench.owner().then(() => bench.person('adam', 'admin')),
      bench.owner().then(() => bench.person('ana')),
      bench.owner().then(() => bench.person('gus', 'guest')),
    ]);
    const { email: _, ...known } = ana.user;
    const seenBy = (viewer: typeof ana) => bench.call(getUser, { userId: ana.user.id }, viewer);
    expect(await seenBy(guest)).toEqual(known);
    expect(await Promise.all([ana, admin, owner].map(seenBy))).toEqual([ana.user, ana.user, ana.user]);
  });

  test('shows a closed account as closed: its messages stay', async () => {
    const ben = await bench.person('ben');
    await bench.call(disableUser, { userId: ben.user.id }, await bench.owner());
    expect(await bench.call(getUser, { userId: ben.user.id }, await bench.person('cleo'))).toMatchObject({
      username: 'ben',
      active: false,
    });
  });

  test('knows nobody by an id that is not theirs', async () => {
    await expect(bench.call(getUser, { userId: newId() }, await bench.owner())).rejects.toMatchObject({ code: 'not_found' });
    await expect(bench.call(getUser, { userId: 'olga' }, await bench.owner())).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
