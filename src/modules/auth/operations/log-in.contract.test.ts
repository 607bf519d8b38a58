import jwt from 'jsonwebtoken';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { opaque } from '../../../contracts/auth/opaque-string.ts';
import { createUser, disableUser } from '../../../contracts/auth/accounts.ts';
import { getKeys } from '../../../contracts/auth/keys.ts';
import { logIn } from '../../../contracts/auth/sessions.ts';
import { register } from '../../../contracts/auth/registration.ts';
import { minutes } from '../../../kernel/clock.ts';
import { type AuthBench, openAuthBench, password, publicUrl } from '../auth.fixture.ts';

let bench: AuthBench;
beforeEach(async () => {
  bench = await openAuthBench();
  await bench.owner();
});
afterEach(() => bench.stop());

const stranger = { address: '203.0.113.9', device: 'a script' };
const word = 'the-word-of-the-device-of-ana';
const home = { address: '198.51.100.4', device: 'the browser of ana' };
const fail = (login: string, caller: object = stranger) =>
  bench.call(logIn, { login, password: 'wrong' }, caller).then(
    () => 'in',
    (error: unknown) => error as { code: string; detail: string; retryAfter?: number },
  );
const failTimes = async (count: number, login: string, caller: object = stranger): Promise<unknown[]> => {
  const codes = [];
  for (let turn = 0; turn < count; turn++) codes.push(((await fail(login, caller)) as { code: string }).code);
  return codes;
};

describe('auth.logIn', () => {
  test.each([['ana'], ['ANA'], ['ana@example.org'], ['  Ana@Example.org ']])('lets %j in by the right password', async (login) => {
    await bench.person('ana');
    const { signedIn } = await bench.signIn(login);
    expect(signedIn.user).toMatchObject({ username: 'ana', email: 'ana@example.org' });
  });

  test('signs a token that says who, where from, for whom and until when', async () => {
    const { signedIn, user, actor } = await bench.person('ana');
    const { keys } = await bench.call(getKeys, {});
    const key = createPublicKey({ key: keys[0] as JsonWebKey, format: 'jwk' });
    const checked = jwt.verify(signedIn.accessToken, key, {
      algorithms: ['ES256'],
      issuer: publicUrl,
      audience: 'confab',
      clockTimestamp: bench.clock.now() / 1000,
      complete: true,
    });
    expect(checked.header).toMatchObject({ alg: 'ES256', typ: 'at+jwt', kid: keys[0]?.['kid'] });
    const now = Math.floor(bench.clock.now() / 1000);
    expect(checked.payload).toMatchObject({ sub: user.id, sid: actor.sessionId, iat: now, exp: now + 600 });
  });

  test('answers an unknown name, a wrong password and a closed account alike', async () => {
    const { user } = await bench.person('ben');
    await bench.call(disableUser, { userId: user.id }, await bench.owner());
    await bench.person('ana');
    const closed = await bench.call(logIn, { login: 'ben', password }).catch((error: unknown) => error);
    expect(await fail('ana')).toEqual(await fail('nobody'));
    expect(closed).toEqual(await fail('nobody'));
    expect(closed).toMatchObject({ code: 'invalid_credentials', status: 401 });
  });

  test('comes to the costly comparison for an unknown name and a closed account as for any', async () => {
    const { user } = await bench.person('ben');
    await bench.call(disableUser, { userId: user.id }, await bench.owner());
    // Past its deadline a call is given up just before the hash: whoever gets there was on the way to it.
    const tooLate = (login: string) => bench.call(logIn, { login, password }, { deadline: 0 });
    for (const login of ['olga', 'ben', 'nobody']) await expect(tooLate(login)).rejects.toMatchObject({ code: 'deadline_exceeded' });
  });

  test.each([
    ['of 64 characters and more', 'é'.repeat(40) + 'x'.repeat(100), 'é'.repeat(40) + 'x'.repeat(99) + 'y'],
    ['with emoji', '🔥 burning 🚢🚢🚢', '🔥 burning 🚢🚢🛶'],
    ['with blanks at its ends', '  quiet harbour  ', 'quiet harbour'],
  ])('takes a password %s exactly', async (_what, exact, other) => {
    const input = { email: 'cleo@example.org', username: 'cleo', password: exact };
    await bench.call(register, input);
    await expect(bench.call(logIn, { login: 'cleo', password: other })).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(bench.call(logIn, { login: 'cleo', password: exact })).resolves.toMatchObject({ user: { username: 'cleo' } });
  });

  test('holds a guesser off from the sixth failure on, a known name and an unknown one alike, and lets it go', async () => {
    await bench.person('ana');
    const free = Array<string>(6).fill('invalid_credentials');
    expect(await failTimes(7, 'ana')).toEqual([...free, 'locked_out']);
    expect(await failTimes(7, 'nobody')).toEqual([...free, 'locked_out']);
    expect(await fail('ana')).toMatchObject({ retryAfter: 2, status: 423 });
    bench.clock.advance(2000);
    await expect(bench.signIn('ana', stranger)).resolves.toBeDefined();
  });

  test.each([3_600_000, -3_600_000])('holds a guesser off for the same time when the clock is set by %i ms meanwhile', async (step) => {
    await bench.person('ana');
    await failTimes(6, 'ana');
    expect(await fail('ana')).toMatchObject({ code: 'locked_out', retryAfter: 2 });
    bench.clock.set(step);
    expect(await fail('ana')).toMatchObject({ code: 'locked_out', retryAfter: 2 });
    bench.clock.advance(2000);
    await expect(bench.signIn('ana', stranger)).resolves.toBeDefined();
  });

  test('counts guesses that come all at once', async () => {
    await bench.person('ana');
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => fail('ana')));
    const looked = outcomes.filter((outcome) => (outcome as { code: string }).code === 'invalid_credentials');
    expect(looked).toHaveLength(6);
  });

  test('lets a device that the account knows in while strangers and colleagues behind its address guess', async () => {
    await bench.person('ana');
    await bench.signIn('ana', home, word);
    for (let network = 0; network < 40; network++) await fail('ana', { ...stranger, address: `203.0.${String(network)}.1` });
    expect(await fail('ana', { ...stranger, address: '203.0.99.1' })).toMatchObject({ code: 'locked_out' });
    await failTimes(60, 'ana', home);
    expect(await fail('ana', home)).toMatchObject({ code: 'locked_out' });
    await expect(bench.signIn('ana', home, word)).resolves.toBeDefined();
    // From anywhere, for it is the device that is known.
    await expect(bench.signIn('ana', { ...home, address: '203.0.99.1' }, word)).resolves.toBeDefined();
  });

  test('lets the owner of an account in from a network they were in while strangers elsewhere guess', async () => {
    await bench.person('ana');
    await bench.signIn('ana', home);
    for (let network = 0; network < 40; network++) await fail('ana', { ...stranger, address: `203.0.${String(network)}.1` });
    await expect(bench.signIn('ana', home)).resolves.toBeDefined();
  });

  test('knows a device for the accounts alone that signed in with it', async () => {
    await bench.person('ana');
    await bench.person('mallory');
    await bench.signIn('mallory', home, word);
    await failTimes(7, 'ana', home);
    await expect(bench.signIn('ana', home, word)).rejects.toMatchObject({ code: 'locked_out' });
  });

  test('counts guesses by name and by e-mail address, however written, as guesses at one account', async () => {
    await bench.person('ana');
    const codes = [];
    for (const login of ['ana', 'ana@example.org', ' ANA ', 'Ana@Example.org', 'ana', 'ana@example.org', 'ana'])
      codes.push(((await fail(login)) as { code: string }).code);
    expect(codes).toEqual([...Array<string>(6).fill('invalid_credentials'), 'locked_out']);
    const unknown = [];
    for (const login of ['nobody', ' NOBODY', 'Nobody', 'ｎｏｂｏｄｙ', 'nobody', 'nobody ', 'nobody'])
      unknown.push(((await fail(login)) as { code: string }).code);
    expect(unknown).toEqual(codes);
  });

  test('lets fifteen people behind one address sign up and in at once', async () => {
    await bench.settings.update({ registration: 'open' });
    const names = Array.from({ length: 15 }, (_, nth) => `colleague${String(nth)}`);
    const office = { address: '198.51.100.77', device: 'the browser of the company' };
    const joined = names.map((username) => bench.call(register, { email: `${username}@example.org`, username, password }, office));
    await expect(Promise.all(joined)).resolves.toHaveLength(15);
    await expect(Promise.all(names.map((name) => bench.signIn(name, office)))).resolves.toHaveLength(15);
  });

  test('holds off an address that tries one password on many names', async () => {
    for (let name = 0; name < 51; name++) await fail(`name${String(name)}`);
    expect(await fail('another')).toMatchObject({ code: 'locked_out' });
    await bench.person('ana');
    await expect(bench.signIn('ana', home)).resolves.toBeDefined();
  });

  test('holds nobody off where limits are off', async () => {
    const open = await bench.another({ throttling: 'off' });
    for (let turn = 0; turn < 10; turn++) await open.call(logIn, { login: 'nobody', password: 'wrong' }).catch(() => undefined);
    await expect(open.call(logIn, { login: 'nobody', password: 'wrong' })).rejects.toMatchObject({ code: 'invalid_credentials' });
    await open.stop();
  });

  test.each<[string, string, string]>([
    ['a composed and a decomposed letter', 'un caf\u00e9 noir', 'un cafe\u0301 noir'],
    ['a decomposed and a composed й', 'мои\u0306 до\u0439ный чай', 'мо\u0439 дои\u0306ный чай'],
    ['a no-break space and a space', 'correct\u00a0horse\u2003battery', 'correct horse battery'],
  ])('takes %s for one password', async (_what, set, typed) => {
    await bench.call(createUser, { email: 'zoe@example.org', username: 'zoe', password: set });
    await expect(bench.call(logIn, { login: 'zoe', password: typed })).resolves.toMatchObject({ user: { username: 'zoe' } });
    await expect(bench.call(logIn, { login: 'zoe', password: set.toUpperCase() })).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  test.each<[string, string, string]>([
    ['as it was typed then', 'un cafe\u0301 noir', 'un cafe\u0301 noir'],
    ['as another keyboard composes it', 'un cafe\u0301 noir', 'un caf\u00e9 noir'],
    ['with its no-break space', 'correct\u00a0horse', 'correct\u00a0horse'],
    ['with its control character', 'tab\there always', 'tab\there always'],
  ])('renews the hash of a former version: %s', async (_what, hashed, typed) => {
    const { user } = await bench.person('zoe');
    const old = await bench.hasher.hash(hashed, { deadline: Infinity, group: 'test', isKnown: true });
    await bench.database.query('UPDATE auth.users SET password_hash = $2 WHERE id = $1', [user.id, old]);
    const stored = async () =>
      (
        await bench.database.query<{ password_hash: string; credentials_rev: number }>('SELECT * FROM auth.users WHERE id = $1', [user.id])
      )[0];
    const before = await stored();
    await bench.call(logIn, { login: 'zoe', password: typed });
    const after = await stored();
    expect(after?.credentials_rev).toBe(before?.credentials_rev);
    expect(after?.password_hash === old).toBe(opaque(hashed) === hashed);
    await bench.call(logIn, { login: 'zoe', password: typed.normalize('NFC').replaceAll('\u00a0', ' ') });
    expect((await stored())?.password_hash).toBe(after?.password_hash);
  });

  test('counts outcomes, and logs who and where from but no password', async () => {
    const { user } = await bench.person('ana');
    await failTimes(7, 'ana');
    bench.clock.advance(minutes(1));
    await bench.signIn('ana');
    const counted = await bench.metrics('confab_logins_total');
    expect(counted).toContain('{outcome="ok"} 2');
    expect(counted).toContain('{outcome="refused"} 6');
    expect(counted).toContain('{outcome="locked_out"} 1');
    expect(bench.log).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ userId: user.id, address: stranger.address }) as unknown }),
    );
    expect(JSON.stringify(bench.log)).not.toMatch(/wrong|correct horse/);
  });

  test.each([['with\u0000nul'], ['\ud800'], ["' OR 1=1 --"], ['%'], ['__proto__']])('refuses the name %j as any other', async (login) => {
    expect(await fail(login)).toMatchObject({ code: 'invalid_credentials' });
  });

  test.each([
    { login: { $ne: null }, password },
    { login: ['ana'], password },
    { login: 'ana' },
    { login: 'ana', password: '' },
    { login: 'ana', password, admin: true },
  ])('refuses %j by its schema', async (input) => {
    await expect(bench.call(logIn, input as never)).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
