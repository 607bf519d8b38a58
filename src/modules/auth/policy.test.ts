import type { Role } from '../../contracts/auth/accounts.ts';
import type { Actor } from '../../kernel/context.ts';
import type { AuditedVerdict } from '../../kernel/policy.ts';
import { canBecome, canDeleteInvite, canGive, canInvite, canManage, canRegister, seesEmailOf, stillInvites } from './policy.ts';

const roles: readonly Role[] = ['owner', 'admin', 'member', 'guest'];
const actor = (role: Role, userId = 'actor'): Actor => ({ userId, sessionId: 's', role });
const subject = (role: Role, id = 'subject') => ({ id, role });
const code = (verdict: AuditedVerdict): string => (typeof verdict === 'string' ? verdict : verdict.code);
/** False for a refusal, which is `forbidden` wherever this is asked. */
const allows = (verdict: AuditedVerdict): boolean => {
  expect(['allow', 'allow-as-admin', 'forbidden']).toContain(code(verdict));
  return code(verdict) !== 'forbidden';
};
/** For each role the list of those it may do it to. */
const matrix = (ask: (by: Role, to: Role) => AuditedVerdict): Record<string, string> =>
  Object.fromEntries(roles.map((by) => [by, roles.filter((to) => allows(ask(by, to))).join(' ')]));

describe('who may', () => {
  test('manage whose account', () => {
    expect(matrix((by, to) => canManage(actor(by), subject(to)))).toEqual({
      owner: 'owner admin member guest',
      admin: 'member guest',
      member: '',
      guest: '',
    });
  });

  test('manage their own account as an admin', () => {
    expect(roles.filter((role) => allows(canManage(actor(role, 'same'), subject(role, 'same'))))).toEqual(['owner', 'admin']);
  });

  test('give which role to a member', () => {
    expect(matrix((by, to) => canGive(actor(by), subject('member'), to))).toEqual({
      owner: 'owner admin member guest',
      admin: 'member guest',
      member: '',
      guest: '',
    });
  });

  test('give an admin another role', () => {
    expect(matrix((by, to) => canGive(actor(by), subject('admin'), to))).toEqual({
      owner: 'owner admin member guest',
      admin: '',
      member: '',
      guest: '',
    });
  });

  test('raise themself: no admin to owner', () => {
    expect(allows(canGive(actor('admin', 'same'), subject('admin', 'same'), 'owner'))).toBe(false);
  });

  test('do anything from the server’s own command line', () => {
    for (const role of roles) expect(allows(canGive(null, subject('owner'), role))).toBe(true);
  });

  test.each([
    ['everyone', { owner: 'admin member guest', admin: 'member guest', member: 'member guest', guest: '' }],
    ['admins', { owner: 'admin member guest', admin: 'member guest', member: '', guest: '' }],
  ] as const)('invite whom when %s may', (invitesBy, expected) => {
    const invitable = matrix((by, to) => canInvite({ role: by }, to, invitesBy));
    const withoutOwners = Object.fromEntries(Object.entries(invitable).map(([by, to]) => [by, to.replace('owner ', '')]));
    expect(withoutOwners).toEqual(expected);
  });

  test('invite with a row in the audit log: where the role in the team alone allows it', () => {
    const owner = { role: 'owner' } as const;
    expect([canInvite(owner, 'member', 'everyone'), canInvite(owner, 'admin', 'everyone'), canInvite(owner, 'guest', 'admins')]).toEqual([
      'allow',
      'allow-as-admin',
      'allow-as-admin',
    ]);
  });

  test('delete an invite: its maker, and admins with a row in the audit log', () => {
    expect(roles.map((role) => code(canDeleteInvite(actor(role, 'maker'), { createdBy: 'maker' })))).toEqual(roles.map(() => 'allow'));
    expect(roles.map((role) => code(canDeleteInvite(actor(role), { createdBy: 'maker' })))).toEqual([
      'allow-as-admin',
      'allow-as-admin',
      'not_found',
      'not_found',
    ]);
  });

  test('be let in by an invite exactly when its maker might make it today', () => {
    for (const invitesBy of ['everyone', 'admins'] as const)
      for (const by of roles)
        for (const role of roles) {
          const canMake = allows(canInvite({ role: by }, role, invitesBy));
          expect(stillInvites({ inviter: { role: by, active: true }, role }, invitesBy)).toBe(canMake);
          expect(stillInvites({ inviter: { role: by, active: false }, role }, invitesBy)).toBe(false);
        }
  });

  test('see an e-mail address: its owner and admins', () => {
    expect(roles.filter((role) => seesEmailOf(actor(role), 'another'))).toEqual(['owner', 'admin']);
    expect(roles.filter((role) => seesEmailOf(actor(role, 'same'), 'same'))).toEqual(roles);
    expect(seesEmailOf(null, 'another')).toBe(false);
  });
});

describe('registration', () => {
  const ask = (registration: 'open' | 'invite' | 'domain' | 'closed', inviteCode?: string): string =>
    code(canRegister({ registration }, { inviteCode }));

  test('opens as the setting says', () => {
    const answers = ['allow', 'invite_required', 'invite_required', 'registration_closed'];
    expect([ask('open'), ask('invite'), ask('domain'), ask('closed')]).toEqual(answers);
  });

  test('opens to an invite unless it is closed', () => {
    expect([ask('open', 'c'), ask('invite', 'c'), ask('domain', 'c'), ask('closed', 'c')]).toEqual([
      'allow',
      'allow',
      'allow',
      'registration_closed',
    ]);
  });
});

describe('the last owner', () => {
  const after = (role: Role, active = true) => ({ id: 'last', role, active });
  test('stays an owner who can sign in', () => {
    expect([after('admin'), after('owner', false)].map((changed) => code(canBecome(changed, ['last'])))).toEqual([
      'last_owner',
      'last_owner',
    ]);
  });

  test.each([
    [['last'], after('owner')],
    [['last', 'another'], after('member')],
    [['another'], after('member', false)],
    [[], after('member', false)],
  ])('is not concerned when %j were owners and %j comes of it', (owners, changed) => {
    expect(canBecome(changed, owners)).toBe('allow');
  });
});
