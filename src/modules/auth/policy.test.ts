import type { Role } from '../../contracts/auth/accounts.ts';
import type { Actor } from '../../kernel/context.ts';
import {
  requireMayGive,
  requireMayInvite,
  requireMayManage,
  requireMayRegister,
  requireOwnerLeft,
  seesEmailOf,
  stillInvites,
} from './policy.ts';

const roles: readonly Role[] = ['owner', 'admin', 'member', 'guest'];
const actor = (role: Role, userId = 'actor'): Actor => ({ userId, sessionId: 's', role });
const subject = (role: Role, id = 'subject') => ({ id, role });
const allows = (ask: () => void): boolean => {
  try {
    ask();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'forbidden', status: 403 });
    return false;
  }
};
/** For each role the list of those it may do it to. */
const matrix = (ask: (by: Role, to: Role) => void): Record<string, string> =>
  Object.fromEntries(
    roles.map((by) => [
      by,
      roles
        .filter((to) =>
          allows(() => {
            ask(by, to);
          }),
        )
        .join(' '),
    ]),
  );

describe('who may', () => {
  test('manage whose account', () => {
    expect(
      matrix((by, to) => {
        requireMayManage(actor(by), subject(to));
      }),
    ).toEqual({
      owner: 'owner admin member guest',
      admin: 'member guest',
      member: '',
      guest: '',
    });
  });

  test('manage their own account as an admin', () => {
    expect(
      roles.filter((role) =>
        allows(() => {
          requireMayManage(actor(role, 'same'), subject(role, 'same'));
        }),
      ),
    ).toEqual(['owner', 'admin']);
  });

  test('give which role to a member', () => {
    expect(
      matrix((by, to) => {
        requireMayGive(actor(by), subject('member'), to);
      }),
    ).toEqual({
      owner: 'owner admin member guest',
      admin: 'member guest',
      member: '',
      guest: '',
    });
  });

  test('give an admin another role', () => {
    expect(
      matrix((by, to) => {
        requireMayGive(actor(by), subject('admin'), to);
      }),
    ).toEqual({
      owner: 'owner admin member guest',
      admin: '',
      member: '',
      guest: '',
    });
  });

  test('raise themself: no admin to owner', () => {
    expect(
      allows(() => {
        requireMayGive(actor('admin', 'same'), subject('admin', 'same'), 'owner');
      }),
    ).toBe(false);
  });

  test('do anything from the server’s own command line', () => {
    for (const role of roles)
      expect(
        allows(() => {
          requireMayGive(null, subject('owner'), role);
        }),
      ).toBe(true);
  });

  test.each([
    ['everyone', { owner: 'admin member guest', admin: 'member guest', member: 'member guest', guest: '' }],
    ['admins', { owner: 'admin member guest', admin: 'member guest', member: '', guest: '' }],
  ] as const)('invite whom when %s may', (invitesBy, expected) => {
    const invitable = matrix((by, to) => {
      requireMayInvite({ role: by }, to, invitesBy);
    });
    const withoutOwners = Object.fromEntries(Object.entries(invitable).map(([by, to]) => [by, to.replace('owner ', '')]));
    expect(withoutOwners).toEqual(expected);
  });

  test('be let in by an invite exactly when its maker might make it today', () => {
    for (const invitesBy of ['everyone', 'admins'] as const)
      for (const by of roles)
        for (const role of roles) {
          const canMake = allows(() => {
            requireMayInvite({ role: by }, role, invitesBy);
          });
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
  const ask = (registration: 'open' | 'invite' | 'domain' | 'closed', inviteCode?: string): string => {
    try {
      requireMayRegister({ registration }, { inviteCode });
      return 'open';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  test('opens as the setting says', () => {
    const answers = ['open', 'invite_required', 'invite_required', 'registration_closed'];
    expect([ask('open'), ask('invite'), ask('domain'), ask('closed')]).toEqual(answers);
  });

  test('opens to an invite unless it is closed', () => {
    expect([ask('open', 'c'), ask('invite', 'c'), ask('domain', 'c'), ask('closed', 'c')]).toEqual([
      'open',
      'open',
      'open',
      'registration_closed',
    ]);
  });
});

describe('the last owner', () => {
  const after = (role: Role, active = true) => ({ id: 'last', role, active });
  test('stays an owner who can sign in', () => {
    expect(() => {
      requireOwnerLeft(['last'], after('admin'));
    }).toThrow(expect.objectContaining({ code: 'last_owner', status: 409 }) as Error);
    expect(() => {
      requireOwnerLeft(['last'], after('owner', false));
    }).toThrow(expect.objectContaining({ code: 'last_owner' }) as Error);
  });

  test.each([
    [['last'], after('owner')],
    [['last', 'another'], after('member')],
    [['another'], after('member', false)],
    [[], after('member', false)],
  ])('is not concerned when %j were owners and %j comes of it', (owners, changed) => {
    expect(() => {
      requireOwnerLeft(owners, changed);
    }).not.toThrow();
  });
});
