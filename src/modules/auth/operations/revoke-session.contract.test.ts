import { readSessions, revokeSession, sessionsRevoked } from '../../../contracts/auth/sessions.ts';

import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.revokeSession', () => {
  test('signs another of the caller’s devices out', async () => {
    const here = await bench.owner();
    const { sessionId, userId } = (await bench.signIn('olga')).actor;
    await bench.call(revokeSession, { sessionId }, here);
    expect((await bench.call(readSessions, { sessionIds: [sessionId] })).items).toEqual([null]);
    expect(bench.received(sessionsRevoked)).toEqual([{ userId, sessionIds: [sessionId], reason: 'signed_out_elsewhere' }]);
  });

  test('answers another’s session, one that ended and one that never was alike', async () => {
    const here = await bench.owner();
    const another = await bench.person('ana');
    const ended = await bench.signIn('olga');
    await bench.call(revokeSession, { sessionId: ended.actor.sessionId }, here);
    const answers = await Promise.all(
      [another.actor.sessionId, ended.actor.sessionId, newId()].map((sessionId) =>
        bench.call(revokeSession, { sessionId }, here).catch((error: unknown) => error),
      ),
    );
    expect(answers[0]).toMatchObject({ code: 'not_found' });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect((await bench.call(readSessions, { sessionIds: [another.actor.sessionId] })).items).toEqual([another.actor]);
  });
});
