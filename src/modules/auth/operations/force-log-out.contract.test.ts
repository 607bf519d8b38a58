import { forceLogOut, readSessions, sessionsRevoked } from '../../../contracts/auth/sessions.ts';

import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.forceLogOut', () => {
  test('ends every session of a person and says how many; again, none', async () => {
    const owner = await bench.owner();
    const [desk, phone] = [await bench.person('ana'), await bench.signIn('ana')];
    const userId = desk.user.id;
    const sessionIds = [desk.actor.sessionId, phone.actor.sessionId];
    expect(await bench.call(forceLogOut, { userId }, owner)).toEqual({ sessions: 2 });
    expect((await bench.call(readSessions, { sessionIds })).items).toEqual([null, null]);
    expect(bench.received(sessionsRevoked)).toMatchObject([{ userId, reason: 'admin' }]);
    expect(await bench.call(forceLogOut, { userId }, owner)).toEqual({ sessions: 0 });
    await expect(bench.signIn('ana')).resolves.toBeDefined();
  });

  test('is an owner’s to do to an admin', async () => {
    const [adam, alma] = [await bench.person('adam', 'admin'), await bench.person('alma', 'admin')];
    await expect(bench.call(forceLogOut, { userId: alma.user.id }, adam)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(bench.call(forceLogOut, { userId: newId() }, adam)).rejects.toMatchObject({ code: 'not_found' });
  });
});
