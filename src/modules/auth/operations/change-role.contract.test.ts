import { changeRole, userUpdated } from '../../../contracts/auth/accounts.ts';
import { readSessions } from '../../../contracts/auth/sessions.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeEach(async () => {
  bench = await openAuthBench();
  await bench.owner();
});
afterEach(() => bench.stop());

describe('auth.changeRole', () => {
  test('gives another role, effective at once and published', async () => {
    const ana = await bench.person('ana');
    const changed = await bench.call(changeRole, { userId: ana.user.id, role: 'admin' }, await bench.owner());
    expect(changed).toEqual({ ...ana.user, role: 'admin' });
    expect((await bench.call(readSessions, { sessionIds: [ana.actor.sessionId] })).items).toEqual([{ ...ana.actor, role: 'admin' }]);
    expect(bench.received(userUpdated).at(-1)?.user).toMatchObject({ id: ana.user.id, role: 'admin' });
  });

  test('lets an admin change members, but make and unmake no admin or owner, nor themself an owner', async () => {
    const [adam, alma, mia] = [await bench.person('adam', 'admin'), await bench.person('alma', 'admin'), await bench.person('mia')];
    const owner = await bench.owner();
    const give = (userId: string, role: 'owner' | 'admin' | 'member' | 'guest') => bench.call(changeRole, { userId, role }, adam);
    await expect(give(mia.user.id, 'guest')).resolves.toMatchObject({ role: 'guest' });
    for (const [id, role] of [
      [mia.user.id, 'admin'],
      [mia.user.id, 'owner'],
      [alma.user.id, 'member'],
      [owner.user.id, 'member'],
      [adam.user.id, 'owner'],
    ] as const)
      await expect(give(id, role)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('keeps the last owner', async () => {
    const owner = await bench.owner();
    const demotion = bench.call(changeRole, { userId: owner.user.id, role: 'member' }, owner);
    await expect(demotion).rejects.toMatchObject({ code: 'last_owner', status: 409 });
    expect(bench.received(userUpdated)).toEqual([]);
  });

  test('leaves one of two owners who demote each other at once, however often', async () => {
    const first = await bench.owner();
    const second = await bench.person('pavel', 'owner');
    const each = [
      [first, second],
      [second, first],
    ] as const;
    for (let turn = 0; turn < 10; turn++) {
      const outcomes = await Promise.allSettled(each.map(([by, to]) => bench.call(changeRole, { userId: to.user.id, role: 'member' }, by)));
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const owners = await bench.database.query<{ id: string }>("SELECT id FROM auth.users WHERE role = 'owner' AND active");
      expect(owners).toHaveLength(1);
      const left = owners[0]!.id === first.user.id ? first : second;
      const other = left === first ? second : first;
      await bench.call(changeRole, { userId: other.user.id, role: 'owner' }, left);
    }
  });

  test('knows nobody by an id that is not theirs, and no other role', async () => {
    const owner = await bench.owner();
    await expect(bench.call(changeRole, { userId: newId(), role: 'member' }, owner)).rejects.toMatchObject({ code: 'not_found' });
    const odd = bench.call(changeRole, { userId: owner.user.id, role: 'root' } as never, owner);
    await expect(odd).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
