import type { MemberRole } from '../../../contracts/chat/conversations.ts';
import { movesOf, revokes } from './member-patches.ts';

const joinedAt = '2026-02-03T10:00:00.000Z';
const roles = new Map<string, MemberRole>([
  ['ana', 'owner'],
  ['boris', 'member'],
]);

test('a patch says who comes in, who has another role and who leaves', () => {
  const patch = [
    { userId: 'cleo', role: 'guest', joinedAt },
    { userId: 'boris', role: 'moderator' },
    { userId: 'ana', role: null },
  ] as const;
  expect(movesOf({ roles }, patch)).toEqual({
    joins: [{ userId: 'cleo', role: 'guest', joinedAt }],
    roles: [{ userId: 'boris', role: 'moderator' }],
    leaves: ['ana'],
  });
});

test('who comes in a second time keeps the role of the first', () => {
  expect(movesOf({ roles }, [{ userId: 'boris', role: 'owner', joinedAt }])).toBeNull();
  expect(movesOf({ roles }, [])).toBeNull();
});

test.each(['owner', null] as const)('the role %s is not found for somebody who is no member', (role) => {
  expect(() => movesOf({ roles }, [{ userId: 'cleo', role }])).toThrow(expect.objectContaining({ code: 'not_found' }));
});

test('coming in takes no right from anybody; another role and leaving may', () => {
  const revoking = (patch: Parameters<typeof movesOf>[1]) => revokes(movesOf({ roles }, patch)!);
  expect(revoking([{ userId: 'cleo', role: 'member', joinedAt }])).toBe(false);
  expect(revoking([{ userId: 'boris', role: 'owner' }])).toBe(true);
  expect(revoking([{ userId: 'boris', role: null }])).toBe(true);
});
