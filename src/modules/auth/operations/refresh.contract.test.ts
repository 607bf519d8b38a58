import { listSessions, logOut, readSessions, refresh, sessionsRevoked } from '../../../contracts/auth/sessions.ts';
import { disableUser } from '../../../contracts/auth/accounts.ts';
import { days, minutes } from '../../../kernel/clock.ts';
import { hashSecret } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench, type Person } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
  await bench.owner();
});
afterAll(() => bench.stop());

let names = 0;
const newcomer = (): Promise<Person> => bench.person(`person${String(++names)}`);
const firstToken = ({ signedIn }: Person): string => signedIn.refreshToken ?? '';
const trade = async (refreshToken: string): Promise<string> => (await bench.call(refresh, { refreshToken })).refreshToken ?? '';
async function untilSomebodyWaits(): Promise<void> {
  const waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  while ((await bench.database.query(waiting)).length === 0);
}
const refusal = expect.objectContaining({ code: 'invalid_token', status: 401 }) as unknown;

describe('auth.refresh', () => {
  test('trades a token for a new pair of the same session', async () => {
    const ana = await newcomer();
    const answer = await bench.call(refresh, { refreshToken: firstToken(ana) });
    expect(answer.user).toEqual(ana.user);
    expect(answer.refreshToken).not.toBe(firstToken(ana));
    expect(JSON.parse(Buffer.from(answer.accessToken.split('.')[1]!, 'base64url').toString())).toMatchObject({ sid: ana.actor.sessionId });
    await expect(trade(answer.refreshToken!)).resolves.toEqual(expect.any(String));
  });

  test('ends the whole family when a token older than the last one comes again, names the user, and keeps the token out of the log', async () => {
    const ana = await newcomer();
    const second = await trade(firstToken(ana));
    const third = await trade(second);
    await expect(trade(firstToken(ana))).rejects.toEqual(refusal);
    await expect(trade(third)).rejects.toEqual(refusal);
    const { userId, sessionId } = ana.actor;
    expect((await bench.call(readSessions, { sessionIds: [sessionId] })).items).toEqual([null]);
    expect(bench.received(sessionsRevoked)).toContainEqual({ userId, sessionIds: [sessionId], reason: 'token_reused' });
    expect(bench.log).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ userId, sessionId }) as unknown }),
    );
    expect(JSON.stringify(bench.log)).not.toContain(firstToken(ana));
    expect(await bench.metrics('confab_refreshes_total')).toMatch(/outcome="reused"} [1-9]/);
  });

  test('gives a tab whose reply was lost a token of its own, however late and however often it asks', async () => {
    const ana = await newcomer();
    const lost = await trade(firstToken(ana));
    bench.clock.advance(days(3));
    const again: string[] = [];
    for (let turn = 0; turn < 20; turn++) again.push(await trade(firstToken(ana)));
    expect(new Set([lost, ...again]).size).toBe(21);
    await expect(trade(again.at(-1) ?? '')).resolves.toEqual(expect.any(String));
  });

  test('keeps two tabs that ask at once in one session, whichever reply comes last', async () => {
    const ana = await newcomer();
    let jar = firstToken(ana);
    for (let turn = 0; turn < 5; turn++) {
      const replies = await Promise.all([trade(jar), trade(jar)]);
      jar = replies[turn % 2] ?? '';
    }
    await expect(trade(jar)).resolves.toEqual(expect.any(String));
  });

  test('ends the session of a copy that keeps in step, at the second renewal', async () => {
    for (const second of ['the owner', 'the copy']) {
      const ana = await newcomer();
      const [owners, copys] = [await trade(firstToken(ana)), await trade(firstToken(ana))];
      const next = await trade(second === 'the owner' ? copys : owners);
      await expect(trade(second === 'the owner' ? owners : copys)).rejects.toEqual(refusal);
      await expect(trade(next)).rejects.toEqual(refusal);
    }
  });

  test('knows a token again whose row was dropped long ago, and ends its session', async () => {
    const ana = await newcomer();
    let token = firstToken(ana);
    for (let turn = 0; turn < 6; turn++) token = await trade(token);
    const kept = await bench.database.query('SELECT 1 FROM auth.refresh_tokens WHERE session_id = $1', [ana.actor.sessionId]);
    expect(kept.length).toBeLessThanOrEqual(3);
    await expect(trade(firstToken(ana))).rejects.toEqual(refusal);
    await expect(trade(token)).rejects.toEqual(refusal);
  });

  test('answers the device that comes later with the reason its session ended, and audits it', async () => {
    const ana = await newcomer();
    const [owners, copys] = [await trade(firstToken(ana)), await trade(firstToken(ana))];
    await trade(copys);
    await trade(owners).catch(() => undefined);
    const errors = [{ path: 'refreshToken', message: 'token_reused' }];
    await expect(trade(owners)).rejects.toMatchObject({ code: 'invalid_token', errors });
    await expect(trade(copys)).rejects.toMatchObject({ code: 'invalid_token', errors });
    const rows = await bench.database.query('SELECT operation, subject, outcome FROM kernel.audit WHERE subject = $1', [ana.user.id]);
    expect(rows).toEqual([{ operation: 'auth.refresh', subject: ana.user.id, outcome: 'token_reused' }]);
  });

  test('shows in the list of devices from where a used token was presented once more', async () => {
    const ana = await newcomer();
    expect((await bench.call(listSessions, {}, ana)).items[0]).not.toHaveProperty('alsoUsed');
    await trade(firstToken(ana));
    bench.clock.advance(minutes(1));
    await bench.call(refresh, { refreshToken: firstToken(ana) }, { address: '198.51.100.9', device: 'another browser' });
    const alsoUsed = { at: bench.clock.timestamp(), address: '198.51.100.9', device: 'another browser' };
    expect((await bench.call(listSessions, {}, ana)).items[0]).toMatchObject({ alsoUsed });
  });

  test('asks a tab that was overtaken on its way to try again, and keeps the session', async () => {
    const ana = await newcomer();
    const second = await trade(firstToken(ana));
    const { waiting } = await bench.database.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM auth.sessions WHERE id = $1 FOR UPDATE', [ana.actor.sessionId]);
      const late = trade(firstToken(ana)).catch((error: unknown) => error);
      await untilSomebodyWaits();
      bench.clock.advance(1);
      await tx.query('UPDATE auth.refresh_tokens SET used_at = $2 WHERE hash = $1', [hashSecret(second), bench.clock.timestamp()]);
      return { waiting: late };
    });
    expect(await waiting).toMatchObject({ code: 'conflict', retryAfter: 1 });
    await expect(trade(second)).resolves.toEqual(expect.any(String));
  });

  test('takes a planted token of another device’s session from no device, and keeps that session', async () => {
    const [attackers, victims] = ['the-word-of-an-attacker', 'the-word-of-the-victim-1'];
    const { signedIn } = await bench.signIn((await newcomer()).user.username, {}, attackers);
    const refreshToken = signedIn.refreshToken ?? '';
    await expect(bench.call(refresh, { refreshToken, deviceToken: victims })).rejects.toEqual(refusal);
    const answer = await bench.call(refresh, { refreshToken, deviceToken: attackers });
    await expect(trade(answer.refreshToken ?? '')).resolves.toEqual(expect.any(String));
  });

  test('takes no token of a session that was logged out', async () => {
    const ana = await newcomer();
    await bench.call(logOut, {}, ana);
    await expect(trade(firstToken(ana))).rejects.toEqual(refusal);
  });

  test('takes no token of a closed account', async () => {
    const ana = await newcomer();
    await bench.call(disableUser, { userId: ana.user.id }, await bench.owner());
    await expect(trade(firstToken(ana))).rejects.toEqual(refusal);
  });

  test('takes no token of a session left alone for thirty days', async () => {
    const ana = await newcomer();
    bench.clock.advance(days(29));
    const second = await trade(firstToken(ana));
    bench.clock.advance(days(31));
    await expect(trade(second)).rejects.toEqual(refusal);
  });

  test.each([[undefined], ['nonsense'], ['with\u0000nul'], ['\ud800']])('answers invalid_token to %j', async (token) => {
    await expect(bench.call(refresh, { refreshToken: token })).rejects.toEqual(refusal);
  });
});
