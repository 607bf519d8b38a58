import { logOut, readSessions, sessionsRevoked } from '../../../contracts/auth/sessions.ts';

import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.logOut', () => {
  test('ends this session and no other, and is published once however often it is asked', async () => {
    const here = await bench.owner();
    const there = await bench.signIn('olga');
    await bench.call(logOut, {}, here);
    await bench.call(logOut, {}, here);
    const { items } = await bench.call(readSessions, { sessionIds: [here.actor.sessionId, there.actor.sessionId] });
    expect(items).toEqual([null, there.actor]);
    expect(bench.received(sessionsRevoked)).toEqual([{ userId: here.user.id, sessionIds: [here.actor.sessionId], reason: 'logged_out' }]);
  });

  test('needs somebody', async () => {
    await expect(bench.call(logOut, {})).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
