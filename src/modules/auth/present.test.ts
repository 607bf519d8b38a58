import type { Actor } from '../../kernel/context.ts';
import type { Account } from './ports.ts';
import { ownUser, peoplePage, placeOfCursor, presentInvite, presentSession, publicUser, userFor } from './present.ts';

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

describe('a page of people', () => {
  const rows = ['1', '2', '3'].map((id) => ({ ...account, id }));
  test('names its last row where there is more', () => {
    expect(peoplePage(rows, 2, publicUser)).toMatchObject({ items: [{ id: '1' }, { id: '2' }], nextCursor: '2' });
  });
  test('is the last one where there is none', () => {
    expect(peoplePage(rows, 3, publicUser).nextCursor).toBeNull();
    expect(peoplePage([], 3, publicUser)).toEqual({ items: [], nextCursor: null });
  });
  test('is found again by its cursor, and by nothing else', () => {
    expect(placeOfCursor(account.id)).toBe(account.id);
    expect(placeOfCursor(undefined)).toBeNull();
    for (const forged of ["' OR 1=1", 'x', `${account.id}\u0000`])
      expect(() => placeOfCursor(forged)).toThrow(expect.objectContaining({ code: 'not_found' }) as Error);
  });
});
