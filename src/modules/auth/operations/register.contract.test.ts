import { changeRole, disableUser, getMe, userCreated } from '../../../contracts/auth/accounts.ts';
import { createInvite, listInvites } from '../../../contracts/auth/invites.ts';
import { getTeam } from '../../../contracts/auth/team.ts';
import { register } from '../../../contracts/auth/registration.ts';
import { days } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench, password } from '../auth.fixture.ts';

let bench: AuthBench;
beforeEach(async () => {
  bench = await openAuthBench();
});
afterEach(() => bench.stop());

const ana = { email: 'Ana@Example.org', username: 'Ana', password };
const invite = async (input: object = {}, by = bench.owner()) => (await bench.call(createInvite, input, await by)).code;
const codeOf = (outcome: Promise<unknown>): Promise<string> =>
  outcome.then(
    () => 'in',
    (error: unknown) => (error as { code: string }).code,
  );

describe('auth.register', () => {
  test('makes a member who is signed in, and publishes them without their address', async () => {
    await bench.owner();
    const { user, ...session } = await bench.call(register, ana);
    expect(user).toMatchObject({ username: 'ana', displayName: 'ana', email: 'ana@example.org', role: 'member', active: true });
    expect(session).toEqual({ accessToken: expect.any(String) as unknown, refreshToken: expect.any(String) as unknown, expiresIn: 600 });
    const { email: _, ...known } = user;
    expect(bench.received(userCreated).at(-1)).toEqual({ user: known, conversationIds: [], invitedBy: null });
  });

  test('takes nobody before the team exists', async () => {
    await expect(codeOf(bench.call(register, ana))).resolves.toBe('registration_closed');
  });

  test.each([
    ['role', 'owner'],
    ['active', true],
    ['id', newId()],
    ['passwordHash', 'x'],
    ['__proto__x', {}],
  ])('refuses a %s of the caller’s own', async (field, value) => {
    await bench.owner();
    await expect(codeOf(bench.call(register, { ...ana, [field]: value }))).resolves.toBe('validation_failed');
  });

  test('says which of the two names is taken, without case', async () => {
    await bench.owner();
    await bench.call(register, ana);
    await expect(codeOf(bench.call(register, { ...ana, email: 'b@example.org' }))).resolves.toBe('username_taken');
    await expect(codeOf(bench.call(register, { ...ana, username: 'ben' }))).resolves.toBe('email_taken');
  });

  test('keeps one address per person, however its domain is spelled, and shows it in Unicode', async () => {
    await bench.owner();
    const { user } = await bench.call(register, { email: 'Ivan@почта.РФ', username: 'ivan', password });
    expect(user.email).toBe('ivan@почта.рф');
    const again = (email: string, username: string) => codeOf(bench.call(register, { email, username, password }));
    await expect(again('ivan@xn--80a1acny.xn--p1ai', 'ivan2')).resolves.toBe('email_taken');
    await expect(again('r&d@example.org', 'rnd')).resolves.toBe('in');
    await expect(again('root@localhost', 'operator')).resolves.toBe('in');
    for (const login of ['ivan@почта.рф', 'IVAN@xn--80a1acny.xn--p1ai', 'ivan']) expect((await bench.signIn(login)).user.id).toBe(user.id);
  });

  test.each(['all', 'Everyone', 'channel', 'here', 'a1l', 'sys-tem'])('gives nobody the reserved name %s', async (username) => {
    await bench.owner();
    await expect(codeOf(bench.call(register, { ...ana, username }))).resolves.toBe('username_reserved');
  });

  test('shows a network, and whoever invites, no more than some thirty times that an address has an account', async () => {
    await bench.owner();
    await bench.call(register, ana);
    const { code: inviteCode } = await bench.call(createInvite, {}, await bench.owner());
    const ask = (username: string, caller: object, input: object = {}): Promise<string> =>
      codeOf(bench.call(register, { ...ana, username, ...input }, caller));
    const answers: string[] = [];
    for (let turn = 0; turn < 33; turn++) answers.push(await ask(`guess${String(turn)}`, { address: '203.0.113.9' }));
    expect(answers.slice(0, 31)).toEqual(Array(31).fill('email_taken'));
    expect(answers.slice(31)).toEqual(['rate_limited', 'rate_limited']);
    const byInvite: string[] = [];
    for (let turn = 0; turn < 33; turn++)
      byInvite.push(await ask(`other${String(turn)}`, { address: `203.0.${String(turn)}.7` }, { inviteCode }));
    expect(byInvite.at(-1)).toBe('rate_limited');
    expect(await ask('ben', { address: '198.51.100.4' }, { email: 'ben@example.org' })).toBe('in');
  });

  test('of many that want one name at once lets one in', async () => {
    await bench.owner();
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => codeOf(bench.call(register, ana))));
    expect(outcomes.filter((outcome) => outcome === 'in')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['in', 'username_taken']));
  });

  test.each([
    ['1234567', 'validation_failed'],
    ['password', 'weak_password'],
    ['P@ssw0rd!', 'weak_password'],
    ['ana@example.org', 'weak_password'],
  ])('answers the password %j with %s', async (weak, code) => {
    await bench.owner();
    await expect(codeOf(bench.call(register, { ...ana, password: weak }))).resolves.toBe(code);
  });
});

describe('auth.register, by the registration setting of the team', () => {
  beforeEach(() => bench.owner());

  test('needs an invite where only invites open', async () => {
    await bench.settings.update({ registration: 'invite' });
    await expect(codeOf(bench.call(register, ana))).resolves.toBe('invite_required');
    await expect(codeOf(bench.call(register, { ...ana, inviteCode: 'wrong' }))).resolves.toBe('invalid_invite');
    await expect(codeOf(bench.call(register, { ...ana, inviteCode: await invite() }))).resolves.toBe('in');
  });

  test('takes nobody for the address they type: a domain that a former version let in needs an invite', async () => {
    await bench.settings.update({ registration: 'domain', emailDomains: ['example.org'] });
    await expect(codeOf(bench.call(register, ana))).resolves.toBe('invite_required');
    await expect(codeOf(bench.call(register, { ...ana, inviteCode: await invite() }))).resolves.toBe('in');
    expect((await bench.call(getTeam, {})).registration).toBe('invite');
    const upgraded = await bench.another();
    const warned = upgraded.log.filter(({ fields }) => fields['event'] === 'settings.registration_domain_off');
    await upgraded.stop();
    expect(warned).toHaveLength(1);
  });

  test('takes nobody where it is closed, an invite or not', async () => {
    await bench.settings.update({ registration: 'closed' });
    await expect(codeOf(bench.call(register, { ...ana, inviteCode: await invite() }))).resolves.toBe('registration_closed');
  });
});

describe('auth.register with an invite', () => {
  beforeEach(async () => {
    await bench.owner();
    await bench.settings.update({ registration: 'invite' });
  });

  test('gives the role and says whose invite asks for which conversations', async () => {
    const conversationIds = [newId()];
    const { user } = await bench.call(register, { ...ana, inviteCode: await invite({ role: 'guest', conversationIds }) });
    expect(user.role).toBe('guest');
    expect(bench.received(userCreated).at(-1)).toMatchObject({ conversationIds, invitedBy: (await bench.owner()).user.id });
  });

  test('lets no more in than it is for, however many come at once', async () => {
    const inviteCode = await invite({ maxUses: 2 });
    const newcomers = ['ana', 'ben', 'cleo', 'dan', 'eve'].map((username) => ({
      email: `${username}@example.org`,
      username,
      password,
      inviteCode,
    }));
    const outcomes = await Promise.all(newcomers.map((newcomer) => codeOf(bench.call(register, newcomer))));
    expect(outcomes.filter((outcome) => outcome === 'in')).toHaveLength(2);
    expect(new Set(outcomes)).toEqual(new Set(['in', 'invalid_invite']));
  });

  test('keeps the use when the name is taken', async () => {
    const inviteCode = await invite({ maxUses: 1 });
    await expect(codeOf(bench.call(register, { ...ana, username: 'olga', inviteCode }))).resolves.toBe('username_taken');
    expect((await bench.call(listInvites, {}, await bench.owner())).items[0]?.uses).toBe(0);
    await expect(codeOf(bench.call(register, { ...ana, inviteCode }))).resolves.toBe('in');
  });

  test('is refused once the invite has expired', async () => {
    const inviteCode = await invite();
    bench.clock.advance(days(7));
    await expect(codeOf(bench.call(register, { ...ana, inviteCode }))).resolves.toBe('invalid_invite');
  });

  test('is refused once who made it is closed, or may not invite so any more', async () => {
    const second = await bench.person('pavel', 'owner');
    const forAdmin = await invite({ role: 'admin' }, Promise.resolve(second));
    const forMember = await invite({}, Promise.resolve(second));
    await bench.call(changeRole, { userId: second.user.id, role: 'member' }, await bench.owner());
    await expect(codeOf(bench.call(register, { ...ana, inviteCode: forAdmin }))).resolves.toBe('invalid_invite');
    await bench.call(disableUser, { userId: second.user.id }, await bench.owner());
    await expect(codeOf(bench.call(register, { ...ana, inviteCode: forMember }))).resolves.toBe('invalid_invite');
  });

  test('signs in at once', async () => {
    const { user } = await bench.call(register, { ...ana, inviteCode: await invite() });
    const me = await bench.call(getMe, {}, await bench.signIn('ana'));
    expect(me).toEqual(user);
  });
});
