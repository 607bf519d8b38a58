import { disableUser, getUser } from '../../../contracts/auth/accounts.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.getUser', () => {
  test('shows anyone to members, the address to themself and to admins', async () => {
    const [owner, admin, ana, mia] = await Promise.all([
      bench.owner(),
      bench.owner().then(() => bench.person('adam', 'admin')),
      bench.owner().then(() => bench.person('ana')),
      bench.owner().then(() => bench.person('mia')),
    ]);
    const { email: _, ...known } = ana.user;
    const seenBy = (viewer: typeof ana) => bench.call(getUser, { userId: ana.user.id }, viewer);
    expect(await seenBy(mia)).toEqual(known);
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

  test('shows a guest those whom the gateway names, and themselves; the others answer like an unknown id', async () => {
    const [dan, eve, gus] = [await bench.person('dan'), await bench.person('eve'), await bench.person('gus', 'guest')];
    const seen = (userId: string, people?: string[]) =>
      bench.call(getUser, { userId }, { actor: gus.actor, ...(people ? { people } : {}) }).then(
        ({ username }) => username,
        (error: unknown) => ({ ...(error as object) }),
      );
    expect(await seen(dan.user.id, [dan.user.id])).toBe('dan');
    expect(await seen(eve.user.id, [dan.user.id])).toEqual(await seen(newId(), [dan.user.id]));
    expect(await seen(dan.user.id)).toMatchObject({ code: 'not_found' });
    expect(await seen(gus.user.id)).toBe('gus');
  });

  test('knows nobody by an id that is not theirs', async () => {
    await expect(bench.call(getUser, { userId: newId() }, await bench.owner())).rejects.toMatchObject({ code: 'not_found' });
    await expect(bench.call(getUser, { userId: 'olga' }, await bench.owner())).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
