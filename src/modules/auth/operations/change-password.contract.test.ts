import { logIn, readSessions, sessionsRevoked } from '../../../contracts/auth/sessions.ts';
import { changePassword, createResetLink, resetPassword } from '../../../contracts/auth/passwords.ts';
import { type AuthBench, openAuthBench, password } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
const newPassword = 'another fine harbour';
let people = 0;
const newcomer = () => bench.person(`person${String(++people)}`);
beforeAll(() => bench.owner());

describe('auth.changePassword', () => {
  test('changes it, keeps this session and ends every other', async () => {
    const here = await newcomer();
    const there = await bench.signIn(here.user.username);
    await bench.call(changePassword, { currentPassword: password, newPassword }, here);
    const { items } = await bench.call(readSessions, { sessionIds: [here.actor.sessionId, there.actor.sessionId] });
    expect(items).toEqual([here.actor, null]);
    expect(bench.received(sessionsRevoked)).toContainEqual({
      userId: here.user.id,
      sessionIds: [there.actor.sessionId],
      reason: 'password_changed',
    });
    const login = here.user.username;
    await expect(bench.call(logIn, { login, password })).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(bench.call(logIn, { login, password: newPassword })).resolves.toBeDefined();
  });

  test('makes reset links that are under way worth nothing', async () => {
    const here = await newcomer();
    const { url } = await bench.call(createResetLink, { userId: here.user.id }, await bench.owner());
    await bench.call(changePassword, { currentPassword: password, newPassword }, here);
    const token = url.split('#')[1] ?? '';
    await expect(bench.call(resetPassword, { token, password: 'yet another harbour' })).rejects.toMatchObject({ code: 'invalid_token' });
  });

  test('needs the current password, and lets whoever found an open session not go on trying', async () => {
    const here = await newcomer();
    const attempt = (currentPassword: string) => bench.call(changePassword, { currentPassword, newPassword }, here);
    for (let turn = 0; turn < 6; turn++) await expect(attempt('wrong')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(attempt(password)).rejects.toMatchObject({ code: 'locked_out' });
    bench.clock.advance(2000);
    await expect(attempt(password)).resolves.toEqual({});
  });

  test('refuses a weak new one', async () => {
    const here = await newcomer();
    const weak = bench.call(changePassword, { currentPassword: password, newPassword: 'qwertyuiop' }, here);
    await expect(weak).rejects.toMatchObject({ code: 'weak_password' });
    await expect(bench.signIn(here.user.username)).resolves.toBeDefined();
  });
});
