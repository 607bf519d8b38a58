import { createUser, userCreated } from '../../../contracts/auth/accounts.ts';
import { logIn } from '../../../contracts/auth/sessions.ts';
import { resetPassword } from '../../../contracts/auth/passwords.ts';
import { type AuthBench, openAuthBench, password } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.createUser', () => {
  test('makes an account with a password that signs in', async () => {
    const { user, ...rest } = await bench.call(createUser, {
      email: 'Ana@example.org',
      username: 'Ana',
      displayName: 'Ana B',
      password,
      role: 'admin',
    });
    expect(user).toMatchObject({ username: 'ana', email: 'ana@example.org', displayName: 'Ana B', role: 'admin' });
    expect(rest).toEqual({});
    expect(bench.received(userCreated)).toHaveLength(1);
    await expect(bench.signIn('ana')).resolves.toBeDefined();
  });

  test('without a password gives a link that sets one, and lets nobody in before', async () => {
    const { user, resetUrl } = await bench.call(createUser, { email: 'ben@example.org', username: 'ben' });
    expect(user.role).toBe('member');
    await expect(bench.call(logIn, { login: 'ben', password })).rejects.toMatchObject({ code: 'invalid_credentials' });
    await bench.call(resetPassword, { token: resetUrl?.split('#')[1] ?? '', password });
    await expect(bench.signIn('ben')).resolves.toBeDefined();
  });

  test('refuses taken names and weak passwords', async () => {
    const cleo = { email: 'cleo@example.org', username: 'cleo' };
    await bench.call(createUser, cleo);
    await expect(bench.call(createUser, { ...cleo, email: 'c@example.org' })).rejects.toMatchObject({ code: 'username_taken' });
    await expect(bench.call(createUser, { ...cleo, username: 'c2' })).rejects.toMatchObject({ code: 'email_taken' });
    const weak = bench.call(createUser, { email: 'd@example.org', username: 'dan', password: 'letmein123' });
    await expect(weak).rejects.toMatchObject({ code: 'weak_password' });
  });
});
