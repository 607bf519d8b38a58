import type { Member, MemberRole, User } from '../../shared/model.ts';
import { mayAddMembers, mayChange, mayDeleteConversation, mayRemove } from './member-rules.ts';

const person = (id: string, role: User['role'] = 'member'): User => ({
  id,
  username: id,
  displayName: id,
  avatarUrl: null,
  role,
  active: true,
  createdAt: '2026-01-01T00:00:00.000Z',
});
const member = (userId: string, role: MemberRole): Member => ({ userId, role, joinedAt: '2026-01-01T00:00:00.000Z', lastReadSeq: 0 });
const group = (role: MemberRole) => ({ kind: 'group' as const, role });

test('moderators change a conversation, owners remove it', () => {
  expect(mayChange(group('moderator'), person('ana'))).toBe(true);
  expect(mayChange(group('member'), person('ana'))).toBe(false);
  expect(mayDeleteConversation(group('moderator'), person('ana'))).toBe(false);
  expect(mayDeleteConversation(group('member'), person('ana', 'admin'))).toBe(true);
});

test('moderators take out members but not one another', () => {
  expect(mayRemove(group('moderator'), member('ben', 'member'), person('ana'))).toBe(true);
  expect(mayRemove(group('moderator'), member('ben', 'moderator'), person('ana'))).toBe(false);
  expect(mayRemove(group('owner'), member('ana', 'owner'), person('ana'))).toBe(false);
});

test('a direct conversation stays between two', () => {
  expect(mayAddMembers({ kind: 'direct', role: 'member' })).toBe(false);
  expect(mayChange({ kind: 'direct', role: 'owner' }, person('ana', 'owner'))).toBe(false);
});
