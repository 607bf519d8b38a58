import { changePassword, createResetLink, resetPassword } from '../../contracts/auth/passwords.ts';
import { changeRole, disableUser, enableUser, updateMe } from '../../contracts/auth/accounts.ts';
import { createInvite, deleteInvite, listInvites } from '../../contracts/auth/invites.ts';
import { forceLogOut, logIn, logOut, readSessions, refresh, revokeSession } from '../../contracts/auth/sessions.ts';
import { readSetupLink, setUp } from '../../contracts/auth/team.ts';
import { register } from '../../contracts/auth/registration.ts';
import { type AuthBench, openAuthBench, password, type Person } from './auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
  await bench.owner();
});
afterAll(() => bench.stop());

const fresh = 'another fine harbour';
let people = 0;
const newcomer = (role?: 'admin' | 'owner'): Promise<Person> => bench.person(`person${String(++people)}`, role);
const tokenOf = ({ url }: { url: string }): string => url.split('#')[1] ?? '';
const linkFor = async ({ user }: Person, by: Person): Promise<string> =>
  tokenOf(await bench.call(createResetLink, { userId: user.id }, by));
const codeOf = (outcome: Promise<unknown>): Promise<string> =>
  outcome.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );
const opens = (login: string, word: string): Promise<string> => codeOf(bench.call(logIn, { login, password: word }));
const sessionsOf = async (userId: string): Promise<number> =>
  (await bench.database.query('SELECT 1 FROM auth.sessions WHERE user_id = $1 AND revoked_at IS NULL', [userId])).length;

/** Begins `slow`, does `between` once its password is hashed, and lets it go on. */
async function overtaken(slow: () => Promise<unknown>, between: () => Promise<unknown>): Promise<string> {
  const held = bench.hasher.hold();
  const outcome = codeOf(slow());
  await held.arrived;
  await bench.hasher.pass(between);
  held.release();
  return outcome;
}

describe('a sign-in whose password was verified', () => {
  const signIn = (person: Person) => () => bench.call(logIn, { login: person.user.username, password });

  test.each<[string, (person: Person) => Promise<unknown>]>([
    ['the password is changed', (person) => bench.call(changePassword, { currentPassword: password, newPassword: fresh }, person)],
    [
      'the password is reset',
      async (person) => bench.call(resetPassword, { token: await linkFor(person, await bench.owner()), password: fresh }),
    ],
    ['the account is disabled', async (person) => bench.call(disableUser, { userId: person.user.id }, await bench.owner())],
    [
      'the account is disabled and enabled again',
      async (person) => {
        await bench.call(disableUser, { userId: person.user.id }, await bench.owner());
        await bench.call(enableUser, { userId: person.user.id }, await bench.owner());
      },
    ],
    ['every device is signed out', async (person) => bench.call(forceLogOut, { userId: person.user.id }, await bench.owner())],
    ['the role is changed', async (person) => bench.call(changeRole, { userId: person.user.id, role: 'guest' }, await bench.owner())],
  ])('opens no session when %s before it is done', async (_what, change) => {
    const person = await newcomer();
    const before = await sessionsOf(person.user.id);
    expect(await overtaken(signIn(person), () => change(person))).toBe('invalid_credentials');
    expect(await sessionsOf(person.user.id)).toBeLessThanOrEqual(before);
    expect(await bench.metrics('confab_logins_total')).toMatch(/outcome="overtaken"} [1-9]/);
  });

  test('opens its session when only the name changes', async () => {
    const person = await newcomer();
    expect(await overtaken(signIn(person), () => bench.call(updateMe, { displayName: 'Other' }, person))).toBe('ok');
  });

  test('that was already stored ends with the change that comes after it', async () => {
    const person = await newcomer();
    const many = await Promise.all(Array.from({ length: 4 }, () => bench.signIn(person.user.username)));
    await bench.call(changePassword, { currentPassword: password, newPassword: fresh }, person);
    const { items } = await bench.call(readSessions, { sessionIds: many.map(({ actor }) => actor.sessionId) });
    expect(items).toEqual(many.map(() => null));
  });
});

test('a sign-in on one process opens no session when another process changes the password first', async () => {
  const person = await newcomer();
  const other = await bench.another();
  const change = () => other.call(changePassword, { currentPassword: password, newPassword: fresh }, person);
  const outcome = await overtaken(() => bench.call(logIn, { login: person.user.username, password }), change);
  await other.stop();
  expect(outcome).toBe('invalid_credentials');
});

test.each<[string, (person: Person) => Promise<unknown>]>([
  ['a logout', (person) => bench.call(logOut, {}, person)],
  ['the withdrawal of its device', (person) => bench.call(revokeSession, { sessionId: person.actor.sessionId }, person)],
  ['a disabling', async (person) => bench.call(disableUser, { userId: person.user.id }, await bench.owner())],
  ['a forced sign-out', async (person) => bench.call(forceLogOut, { userId: person.user.id }, await bench.owner())],
])('renewals that race %s leave no session that stands', async (_what, ending) => {
  const person = await newcomer();
  const renew = async (refreshToken: string | undefined): Promise<string | undefined> =>
    (await bench.call(refresh, { refreshToken: refreshToken ?? '' })).refreshToken;
  const renewals = Array.from({ length: 4 }, () => renew(person.signedIn.refreshToken).catch(() => undefined));
  const [tokens] = await Promise.all([Promise.all(renewals), ending(person)]);
  expect((await bench.call(readSessions, { sessionIds: [person.actor.sessionId] })).items).toEqual([null]);
  for (const token of tokens) if (token !== undefined) expect(await codeOf(renew(token))).toBe('invalid_token');
});

describe('a change of password under way', () => {
  const change = (person: Person) => () =>
    bench.call(changePassword, { currentPassword: password, newPassword: 'the harbour of a thief' }, person);

  test.each<[string, (person: Person) => Promise<unknown>, string]>([
    ['a reset', async (person) => bench.call(resetPassword, { token: await linkFor(person, await bench.owner()), password: fresh }), fresh],
    ['a logout of its session', (person) => bench.call(logOut, {}, person), password],
    ['a forced sign-out', async (person) => bench.call(forceLogOut, { userId: person.user.id }, await bench.owner()), password],
  ])('loses to %s that is done first', async (_what, ending, stands) => {
    const person = await newcomer();
    expect(await overtaken(change(person), () => ending(person))).toBe('unauthenticated');
    expect(await opens(person.user.username, 'the harbour of a thief')).toBe('invalid_credentials');
    expect(await opens(person.user.username, stands)).toBe('ok');
  });

  test('loses to another that is done first on another device', async () => {
    const here = await newcomer();
    const there = await bench.signIn(here.user.username);
    const first = () => bench.call(changePassword, { currentPassword: password, newPassword: fresh }, there);
    expect(await overtaken(change(here), first)).toBe('unauthenticated');
    expect(await opens(here.user.username, fresh)).toBe('ok');
  });

  test('loses to the withdrawal of its device', async () => {
    const here = await newcomer();
    const there = await bench.signIn(here.user.username);
    const withdrawn = () => bench.call(revokeSession, { sessionId: here.actor.sessionId }, there);
    expect(await overtaken(change(here), withdrawn)).toBe('unauthenticated');
  });
});

describe('a reset under way', () => {
  const reset = (token: string) => () => bench.call(resetPassword, { token, password: fresh });

  test('loses to another link that is made for the account', async () => {
    const person = await newcomer();
    const token = await linkFor(person, await bench.owner());
    expect(await overtaken(reset(token), async () => linkFor(person, await bench.owner()))).toBe('invalid_token');
    expect(await opens(person.user.username, password)).toBe('ok');
  });

  test('loses to a promotion of its account, and to a demotion of its maker', async () => {
    const [person, maker] = [await newcomer(), await newcomer('admin')];
    const owner = await bench.owner();
    const first = await linkFor(person, maker);
    expect(await overtaken(reset(first), () => bench.call(changeRole, { userId: person.user.id, role: 'admin' }, owner))).toBe(
      'invalid_token',
    );
    await bench.call(changeRole, { userId: person.user.id, role: 'member' }, owner);
    const second = await linkFor(person, maker);
    expect(await overtaken(reset(second), () => bench.call(changeRole, { userId: maker.user.id, role: 'member' }, owner))).toBe(
      'invalid_token',
    );
  });
});

describe('a registration under way', () => {
  const registration = (inviteCode?: string) => () => {
    const username = `newcomer${String(++people)}`;
    return bench.call(register, {
      email: `${username}@example.org`,
      username,
      password,
      ...(inviteCode === undefined ? {} : { inviteCode }),
    });
  };

  test('loses to the withdrawal of its invite, and to whoever takes the last use', async () => {
    const owner = await bench.owner();
    const { code } = await bench.call(createInvite, {}, owner);
    expect(await overtaken(registration(code), () => bench.call(deleteInvite, { code }, owner))).toBe('invalid_invite');
    const { code: once } = await bench.call(createInvite, { maxUses: 1 }, owner);
    expect(await overtaken(registration(once), registration(once))).toBe('invalid_invite');
  });

  test('loses to the demotion of the invite’s maker', async () => {
    const maker = await newcomer('owner');
    const { code } = await bench.call(createInvite, { role: 'admin' }, maker);
    const demotion = async () => bench.call(changeRole, { userId: maker.user.id, role: 'admin' }, await bench.owner());
    expect(await overtaken(registration(code), demotion)).toBe('invalid_invite');
  });

  test('loses to the closing of the registration', async () => {
    expect(await overtaken(registration(), () => bench.settings.update({ registration: 'closed' }))).toBe('registration_closed');
    await bench.settings.update({ registration: 'open' });
  });
});

test('of two set-ups at once one makes the team', async () => {
  const other = await openAuthBench();
  try {
    const token = (await other.call(readSetupLink, {})).token ?? '';
    const attempt = (username: string) =>
      codeOf(other.call(setUp, { token, teamName: 'Team', email: `${username}@example.org`, username, password }));
    const held = other.hasher.hold(2);
    const both = Promise.all([attempt('ana'), attempt('ben')]);
    await held.arrived;
    held.release();
    expect((await both).sort()).toEqual(['already_set_up', 'ok']);
  } finally {
    await other.stop();
  }
});

describe('an admin whose role or session ended a moment ago', () => {
  test.each<[string, (admin: Person) => Promise<unknown>, string]>([
    ['demoted', async (admin) => bench.call(changeRole, { userId: admin.user.id, role: 'member' }, await bench.owner()), 'forbidden'],
    ['disabled', async (admin) => bench.call(disableUser, { userId: admin.user.id }, await bench.owner()), 'unauthenticated'],
    ['logged out', (admin) => bench.call(logOut, {}, admin), 'unauthenticated'],
  ])('changes no account any more: %s', async (_what, end, code) => {
    const [admin, person] = [await newcomer('admin'), await newcomer()];
    await end(admin);
    // As the gateway may still see them for a second.
    const userId = person.user.id;
    const attempts = [
      bench.call(changeRole, { userId, role: 'guest' }, admin),
      bench.call(disableUser, { userId }, admin),
      bench.call(enableUser, { userId }, admin),
      bench.call(forceLogOut, { userId }, admin),
      bench.call(createResetLink, { userId }, admin),
    ];
    expect(await Promise.all(attempts.map(codeOf))).toEqual(attempts.map(() => code));
  });

  test('of two admins that demote each other one stays', async () => {
    const [one, two] = [await newcomer('owner'), await newcomer('owner')];
    const demote = (by: Person, whom: Person) => codeOf(bench.call(changeRole, { userId: whom.user.id, role: 'member' }, by));
    const outcomes = await Promise.all([demote(one, two), demote(two, one)]);
    expect(outcomes.sort()).toEqual(['forbidden', 'ok']);
  });
});

describe('a link that sets a password', () => {
  test('made by an admin for a member opens no owner', async () => {
    const [admin, person] = [await newcomer('admin'), await newcomer()];
    const token = await linkFor(person, admin);
    await bench.call(changeRole, { userId: person.user.id, role: 'owner' }, await bench.owner());
    expect(await codeOf(bench.call(resetPassword, { token, password: fresh }))).toBe('invalid_token');
  });

  test('is worth nothing once its maker is disabled or demoted, also when the role was changed past this program', async () => {
    const [admin, person] = [await newcomer('admin'), await newcomer()];
    const token = await linkFor(person, admin);
    const attempt = () => codeOf(bench.call(resetPassword, { token, password: fresh }));
    await bench.call(disableUser, { userId: admin.user.id }, await bench.owner());
    expect(await attempt()).toBe('invalid_token');
    await bench.call(enableUser, { userId: admin.user.id }, await bench.owner());
    await bench.call(changeRole, { userId: admin.user.id, role: 'member' }, await bench.owner());
    expect(await attempt()).toBe('invalid_token');
    await bench.call(changeRole, { userId: admin.user.id, role: 'admin' }, await bench.owner());
    await bench.database.query("UPDATE auth.users SET role = 'owner' WHERE id = $1", [person.user.id]);
    expect(await attempt()).toBe('invalid_token');
  });

  test('is forgotten when the account takes another username', async () => {
    const person = await newcomer();
    const token = await linkFor(person, await bench.owner());
    await bench.call(updateMe, { username: `${person.user.username}x` }, person);
    expect(await codeOf(bench.call(resetPassword, { token, password: fresh }))).toBe('invalid_token');
  });
});

describe('the code of an invite', () => {
  const shown = async (by: Person, role: string): Promise<boolean[]> =>
    (await bench.call(listInvites, {}, by)).items
      .filter((invite) => invite.role === role)
      .map(({ code, url }) => (code ?? url) !== undefined);

  test('that makes admins is shown to owners alone', async () => {
    const [owner, admin] = [await newcomer('owner'), await newcomer('admin')];
    await bench.call(createInvite, { role: 'admin' }, owner);
    await bench.call(createInvite, {}, owner);
    expect(new Set(await shown(owner, 'admin'))).toEqual(new Set([true]));
    expect(new Set(await shown(admin, 'admin'))).toEqual(new Set([false]));
    expect(new Set(await shown(admin, 'member'))).toEqual(new Set([true]));
  });

  test('that its maker may not make any more is not shown to them', async () => {
    const maker = await newcomer('owner');
    await bench.call(createInvite, { role: 'admin' }, maker);
    await bench.call(changeRole, { userId: maker.user.id, role: 'member' }, await bench.owner());
    const demoted = { ...maker, actor: { ...maker.actor, role: 'member' as const } };
    expect(await shown(demoted, 'admin')).toEqual([false]);
  });
});
