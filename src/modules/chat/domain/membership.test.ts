import type { MemberRole } from '../../../contracts/chat/conversations.ts';
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
  const none = new Set<string>();
  expect(isLastOwner(of({ ana: 'owner', boris: 'moderator' }), 'ana', none)).toBe(true);
  expect(isLastOwner(of({ ana: 'owner', boris: 'owner' }), 'ana', none)).toBe(false);
  expect(isLastOwner(of({ ana: 'owner', boris: 'moderator' }), 'boris', none)).toBe(false);
  expect(isLastOwner(of({ ana: 'owner' }), 'nobody', none)).toBe(false);
});

test('a guest of the team is no owner, whatever role is stored', () => {
  const guests = new Set(['gus', 'ida']);
  expect(isLastOwner(of({ ana: 'owner', gus: 'owner', ida: 'owner' }), 'ana', guests)).toBe(true);
  expect(isLastOwner(of({ ana: 'owner', boris: 'owner', gus: 'owner' }), 'ana', guests)).toBe(false);
  expect(isLastOwner(of({ gus: 'owner' }), 'gus', guests)).toBe(false);
});
