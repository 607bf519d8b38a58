import { changeRole, createUser } from '../../contracts/auth/accounts.ts';
import { changePassword, resetPassword } from '../../contracts/auth/passwords.ts';
import { securityNoted } from '../../contracts/auth/security.ts';
import { forceLogOut, logIn, refresh, revokeSession } from '../../contracts/auth/sessions.ts';
import { days } from '../../kernel/clock.ts';
import { type AuthBench, openAuthBench, password } from './auth.fixture.ts';

let bench: AuthBench;
beforeEach(async () => {
  bench = await openAuthBench();
  await bench.owner();
});
afterEach(() => bench.stop());

const phone = 'the-word-of-the-phone-of-ana';
const laptop = 'the-word-of-the-laptop-of-ana';
const far = { address: '203.0.113.9', device: 'a far browser' };
const noted = () => bench.received(securityNoted).map(({ what, device, address, role }) => [what, device, address, role]);

test('a sign-in on a device that the account does not know is noted once; the first one and known devices are not', async () => {
  await bench.call(createUser, { email: 'ana@example.org', username: 'ana', password });
  await bench.signIn('ana', {}, phone);
  await bench.signIn('ana', far, phone);
  expect(noted()).toEqual([]);
  // The same network, but another browser.
  await bench.signIn('ana', { device: 'a second browser' }, laptop);
  await bench.signIn('ana', { device: 'a second browser' }, laptop);
  expect(noted()).toEqual([['new_device', 'a second browser', '192.0.2.1', null]]);
});

test('a program without a token of its own is known by its network', async () => {
  await bench.person('ana');
  await bench.signIn('ana', { device: 'a script' });
  expect(noted()).toEqual([]);
  await bench.signIn('ana', far);
  expect(noted()).toEqual([['new_device', 'a far browser', '203.0.113.9', null]]);
});

test('after so long that nothing is known of an account, a sign-in is noted', async () => {
  await bench.call(createUser, { email: 'ana@example.org', username: 'ana', password });
  bench.clock.advance(days(31));
  await bench.signIn('ana', {}, phone);
  expect(noted()).toEqual([['new_device', 'a browser', '192.0.2.1', null]]);
});

test('what is refused is not noted', async () => {
  await bench.person('ana');
  await expect(bench.call(logIn, { login: 'ana', password: 'wrong', deviceToken: laptop }, far)).rejects.toMatchObject({
    code: 'invalid_credentials',
  });
  expect(noted()).toEqual([]);
});

test('another password is noted, by its change and by a link, but not the first one', async () => {
  const ana = await bench.person('ana');
  await bench.call(changePassword, { currentPassword: password, newPassword: 'another battery 7' }, ana);
  const { resetUrl = '' } = await bench.call(createUser, { email: 'ben@example.org', username: 'ben' });
  await bench.call(resetPassword, { token: resetUrl.split('#')[1] ?? '', password: 'a first battery 7' });
  expect(noted()).toEqual([['password_changed', 'a browser', '192.0.2.1', null]]);
});

test('another role is noted, the same one is not', async () => {
  const ana = await bench.person('ana');
  const owner = await bench.owner();
  for (const role of ['admin', 'admin'] as const) await bench.call(changeRole, { userId: ana.user.id, role }, owner);
  expect(noted()).toEqual([['role_changed', '', '', 'admin']]);
});

test('a device that another one or an admin signs out is noted', async () => {
  const ana = await bench.person('ana');
  const { actor } = await bench.signIn('ana', { device: 'an old browser' });
  await bench.call(revokeSession, { sessionId: actor.sessionId }, ana);
  const owner = await bench.owner();
  for (const userId of [ana.user.id, ana.user.id]) await bench.call(forceLogOut, { userId }, owner);
  expect(noted()).toEqual([
    ['signed_out', 'an old browser', '192.0.2.1', null],
    ['signed_out', '', '', null],
  ]);
});

test('a session that ends because a token of it was copied is noted', async () => {
  const { signedIn } = await bench.person('ana');
  const trade = async (refreshToken = '') => (await bench.call(refresh, { refreshToken })).refreshToken;
  await trade(await trade(signedIn.refreshToken));
  bench.clock.advance(days(1));
  await expect(bench.call(refresh, { refreshToken: signedIn.refreshToken ?? '' }, far)).rejects.toMatchObject({ code: 'invalid_token' });
  expect(noted()).toEqual([['token_reused', 'a far browser', '203.0.113.9', null]]);
});
