import type { MemberRole } from '../../../contracts/chat/entities.ts';
import type { Membership } from '../ports.ts';
import { isLastOwner, membersAtMost, newcomers } from './membership.ts';

const of = (roles: Record<string, MemberRole>): Membership => ({
  membersRev: 1,
  kind: 'group',
  visibility: 'private',
  roles: new Map(Object.entries(roles)),
});

test('those who are in already are no newcomers', () => {
  const membership = of({ ana: 'owner' });
  const boris = { userId: 'boris', role: 'member' } as const;
  expect(newcomers(membership, [{ userId: 'ana', role: 'member' }, boris])).toEqual([boris]);
  expect(newcomers(membership, [{ userId: 'ana', role: 'member' }])).toBeNull();
});

test('a conversation takes so many people', () => {
  const full = of(Object.fromEntries(Array.from({ length: membersAtMost }, (_, index) => [String(index), 'member'])));
  expect(() => newcomers(full, [{ userId: 'one more', role: 'member' }])).toThrow(expect.objectContaining({ code: 'conflict' }) as Error);
  expect(newcomers(full, [{ userId: '0', role: 'member' }])).toBeNull();
});

test('who the last owner is', () => {
  expect(isLastOwner(of({ ana: 'owner', boris: 'moderator' }), 'ana')).toBe(true);
  expect(isLastOwner(of({ ana: 'owner', boris: 'owner' }), 'ana')).toBe(false);
  expect(isLastOwner(of({ ana: 'owner', boris: 'moderator' }), 'boris')).toBe(false);
  expect(isLastOwner(of({ ana: 'owner' }), 'nobody')).toBe(false);
});
