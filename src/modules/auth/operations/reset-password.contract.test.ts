import { logIn, readSessions, sessionsRevoked } from '../../../contracts/auth/sessions.ts';
import { createResetLink, resetPassword } from '../../../contracts/auth/passwords.ts';
import { disableUser } from '../../../contracts/auth/accounts.ts';
import { hours } from '../../../kernel/clock.ts';
import { type AuthBench, openAuthBench, password, type Person } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
const fresh = 'another fine harbour';
let people = 0;
const newcomer = () => bench.person(`person${String(++people)}`);
const tokenFor = async ({ user }: Person): Promise<string> => {
  const { url } = await bench.call(createResetLink, { userId: user.id }, await bench.owner());
  return url.split('#')[1] ?? '';
};
const invalid = expect.objectContaining({ code: 'invalid_token', status: 401 }) as unknown;

describe('auth.resetPassword', () => {
  test('sets the password and ends every session', async () => {
    const ana = await newcomer();
    await bench.call(resetPassword, { token: await tokenFor(ana), password: fresh });
    expect((await bench.call(readSessions, { sessionIds: [ana.actor.sessionId] })).items).toEqual([null]);
    expect(bench.received(sessionsRevoked)).toContainEqual({ userId: ana.user.id, sessionIds: null, reason: 'password_changed' });
    const login = ana.user.username;
    await expect(bench.call(logIn, { login, password: fresh })).resolves.toBeDefined();
    await expect(bench.call(logIn, { login, password })).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  test('spends its token, also when two come at once', async () => {
    const token = await tokenFor(await newcomer());
    const both = await Promise.allSettled([1, 2].map((turn) => bench.call(resetPassword, { token, password: `${fresh} ${String(turn)}` })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(bench.call(resetPassword, { token, password: fresh })).rejects.toEqual(invalid);
  });

  test('takes the newest link of an account alone', async () => {
    const ana = await newcomer();
    const [older, newer] = [await tokenFor(ana), await tokenFor(ana)];
    await expect(bench.call(resetPassword, { token: older, password: fresh })).rejects.toEqual(invalid);
    await expect(bench.call(resetPassword, { token: newer, password: fresh })).resolves.toEqual({});
  });

  test('takes no link older than an hour', async () => {
    const token = await tokenFor(await newcomer());
    bench.clock.advance(hours(1));
    await expect(bench.call(resetPassword, { token, password: fresh })).rejects.toEqual(invalid);
  });

  test('takes none of a closed account', async () => {
    const ana = await newcomer();
    const token = await tokenFor(ana);
    await bench.call(disableUser, { userId: ana.user.id }, await bench.owner());
    await expect(bench.call(resetPassword, { token, password: fresh })).rejects.toEqual(invalid);
  });

  test('refuses a weak password and keeps the link', async () => {
    const token = await tokenFor(await newcomer());
    await expect(bench.call(resetPassword, { token, password: 'password1' })).rejects.toMatchObject({ code: 'weak_password' });
    await expect(bench.call(resetPassword, { token, password: fresh })).resolves.toEqual({});
  });

  test('stores nothing that could be used as a link', async () => {
    const token = await tokenFor(await newcomer());
    const stored = JSON.stringify(await bench.database.query('SELECT * FROM auth.password_resets'));
    expect(stored).not.toContain(token);
    await expect(bench.call(resetPassword, { token: 'guess', password: fresh })).rejects.toEqual(invalid);
  });
});
