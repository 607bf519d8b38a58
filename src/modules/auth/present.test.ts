import type { Actor } from '../../kernel/context.ts';
import type { Account } from './ports.ts';
import { ownUser, presentInvite, presentSession, publicUser, userFor } from './present.ts';

const account: Account = {
  id: '0197a2b0-7c1e-7d3a-9b1f-2f6a3c4d5e6f',
  username: 'ana',
  email: 'ana@example.org',
  displayName: 'Ana',
  avatarUrl: null,
  role: 'member',
  active: true,
  passwordHash: '$2b$04$secret',
  credentialsRev: 0,
  createdAt: new Date('2026-01-31T12:00:00.000Z'),
};
const wire = {
  id: account.id,
  username: 'ana',
  displayName: 'Ana',
  avatarUrl: null,
  role: 'member',
  active: true,
  createdAt: '2026-01-31T12:00:00.000Z',
};
const actor = (userId: string, role: Actor['role'] = 'member'): Actor => ({ userId, sessionId: 's', role });

test('an account shows nothing but what everyone may see', () => {
  expect(publicUser(account)).toEqual(wire);
});

test('an account shows its address to its owner and to admins', () => {
  expect(ownUser(account)).toEqual({ ...wire, email: 'ana@example.org' });
  expect(userFor(actor(account.id), account)).toHaveProperty('email');
  expect(userFor(actor('other', 'admin'), account)).toHaveProperty('email');
  expect(userFor(actor('other'), account)).toEqual(wire);
  expect(userFor(null, account)).toEqual(wire);
});

test('a session says whether it is the caller’s', () => {
  const at = new Date(0);
  const session = { id: 's1', device: 'd', address: 'a', createdAt: at, lastUsedAt: at, expiresAt: at, replayed: null };
  expect(presentSession(session, 's1')).toMatchObject({ current: true, createdAt: '1970-01-01T00:00:00.000Z' });
  expect(presentSession(session, 's2').current).toBe(false);
});

test('an invite links to the configured origin, its code where no server logs it', () => {
  const invite = {
    code: 'c0de',
    role: 'guest' as const,
    maxUses: 1,
    uses: 0,
    conversationIds: [],
    createdBy: account.id,
    createdAt: new Date(0),
    expiresAt: null,
    inviter: account,
  };
  expect(presentInvite(invite, 'https://chat.example.org')).toMatchObject({ url: 'https://chat.example.org/invite/c0de', expiresAt: null });
  expect(presentInvite(invite, '')).not.toHaveProperty('inviter');
});
