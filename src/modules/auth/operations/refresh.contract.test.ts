import { sessionsRevoked } from '../../../contracts/auth/events.ts';
import { disableUser, logOut, readSessions, refresh } from '../../../contracts/auth/operations.ts';
import { days, minutes } from '../../../kernel/clock.ts';
import { hashSecret } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench, type Person, secret } from '../auth-bench.ts';
import { RefreshChain } from '../domain/refresh-tokens.ts';

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

  test('ends the whole family when a token older than the last one comes again, tells who, and keeps the token out of the log', async () => {
    const ana = await newcomer();
    const second = await trade(firstToken(ana));
    const third = await trade(second);
    await expect(trade(firstToken(ana))).rejects.toEqual(refusal);
    await expect(trade(third)).rejects.toEqual(refusal);
    const { userId, sessionId } = ana.actor;
    expect((await bench.call(readSessions, { sessionIds: [sessionId] })).items).toEqual([null]);
    expect(bench.heard(sessionsRevoked)).toContainEqual({ userId, sessionIds: [sessionId], reason: 'token_reused' });
    expect(bench.log).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ userId, sessionId }) as unknown }),
    );
    expect(JSON.stringify(bench.log)).not.toContain(firstToken(ana));
    expect(await bench.metrics('confab_refreshes_total')).toMatch(/outcome="reused"} [1-9]/);
  });

  test('gives a tab whose reply was lost the same successor, however late it asks', async () => {
    const ana = await newcomer();
    const lost = await trade(firstToken(ana));
    bench.clock.advance(minutes(90));
    expect(await trade(firstToken(ana))).toBe(lost);
    await expect(trade(lost)).resolves.toEqual(expect.any(String));
  });

  test('keeps two tabs that ask at once in one family of one line', async () => {
    const ana = await newcomer();
    const [left, right] = await Promise.all([trade(firstToken(ana)), trade(firstToken(ana))]);
    expect(left).toBe(right);
    const next = await Promise.all([trade(left), trade(right)]);
    expect(next[0]).toBe(next[1]);
  });

  test('gives a tab that was overtaken on its way the newest token of the family', async () => {
    const ana = await newcomer();
    const second = await trade(firstToken(ana));
    const third = new RefreshChain(secret).successor(second);
    const { waiting } = await bench.database.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM auth.sessions WHERE id = $1 FOR UPDATE', [ana.actor.sessionId]);
      const late = trade(firstToken(ana));
      await untilSomebodyWaits();
      bench.clock.advance(1);
      await tx.query('UPDATE auth.refresh_tokens SET used_at = $2 WHERE hash = $1', [hashSecret(second), bench.clock.timestamp()]);
      const values = [hashSecret(third), ana.actor.sessionId, hashSecret(second), bench.clock.timestamp()];
      await tx.query('INSERT INTO auth.refresh_tokens (hash, session_id, parent, created_at) VALUES ($1, $2, $3, $4)', values);
      return { waiting: late };
    });
    expect(await waiting).toBe(third);
    await expect(trade(third)).resolves.toEqual(expect.any(String));
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
