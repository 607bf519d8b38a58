import { logIn, readSessions, sessionsRevoked } from '../../../contracts/auth/sessions.ts';
import { disableUser, userDisabled, userUpdated } from '../../../contracts/auth/accounts.ts';

import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench, password } from '../auth.fixture.ts';

let bench: AuthBench;
beforeEach(async () => {
  bench = await openAuthBench();
  await bench.owner();
});
afterEach(() => bench.stop());

describe('auth.disableUser', () => {
  test('closes the account and every session of it at once, and says so', async () => {
    const ana = await bench.person('ana');
    const userId = ana.user.id;
    expect(await bench.call(disableUser, { userId }, await bench.owner())).toMatchObject({ id: userId, active: false });
    expect((await bench.call(readSessions, { sessionIds: [ana.actor.sessionId] })).items).toEqual([null]);
    await expect(bench.call(logIn, { login: 'ana', password })).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(bench.received(userDisabled)).toEqual([{ userId }]);
    expect(bench.received(sessionsRevoked)).toEqual([{ userId, sessionIds: null, reason: 'account_disabled' }]);
    expect(bench.received(userUpdated)[0]?.user).toMatchObject({ id: userId, active: false });
  });

  test('twice is once', async () => {
    const { user } = await bench.person('ana');
    for (let turn = 0; turn < 2; turn++)
      expect(await bench.call(disableUser, { userId: user.id }, await bench.owner())).toMatchObject({ active: false });
  });

  test('lets an admin close members, and no admin or owner', async () => {
    const [adam, alma, mia] = [await bench.person('adam', 'admin'), await bench.person('alma', 'admin'), await bench.person('mia')];
    await expect(bench.call(disableUser, { userId: mia.user.id }, adam)).resolves.toMatchObject({ active: false });
    await expect(bench.call(disableUser, { userId: alma.user.id }, adam)).rejects.toMatchObject({ code: 'forbidden' });
    const owner = (await bench.owner()).user.id;
    await expect(bench.call(disableUser, { userId: owner }, adam)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('keeps the last owner who can sign in, and all their sessions', async () => {
    const [owner, other] = [await bench.owner(), await bench.person('pavel', 'owner')];
    await bench.call(disableUser, { userId: other.user.id }, owner);
    await expect(bench.call(disableUser, { userId: owner.user.id }, owner)).rejects.toMatchObject({ code: 'last_owner' });
    expect((await bench.call(readSessions, { sessionIds: [owner.actor.sessionId] })).items).toEqual([owner.actor]);
  });

  test('of two owners who close each other at once keeps one', async () => {
    const [owner, other] = [await bench.owner(), await bench.person('pavel', 'owner')];
    const outcomes = await Promise.allSettled([
      bench.call(disableUser, { userId: other.user.id }, owner),
      bench.call(disableUser, { userId: owner.user.id }, other),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('knows nobody by an id that is not theirs', async () => {
    await expect(bench.call(disableUser, { userId: newId() }, await bench.owner())).rejects.toMatchObject({ code: 'not_found' });
  });
});
