import type { Member, MemberRole, Message, User } from '../../shared/model.ts';
import { mayDelete } from '../messages/message-rules.ts';
import { mayAddMembers, mayChange, mayDeleteConversation, mayGiveRole, mayRemove } from './member-rules.ts';

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
  expect(mayAddMembers({ kind: 'direct', role: 'member' }, person('ana'))).toBe(false);
  expect(mayChange({ kind: 'direct', role: 'owner' }, person('ana', 'owner'))).toBe(false);
});

test('a guest of the team is offered what a guest may do, whatever role is stored', () => {
  const [guest, ben] = [person('gus', 'guest'), person('ben')];
  const message = { senderId: 'ben', deletedAt: null, kind: 'text' } as unknown as Message;
  for (const role of ['owner', 'moderator', 'member', 'guest'] as const) {
    const offered = [mayChange(group(role), guest), mayDeleteConversation(group(role), guest), mayAddMembers(group(role), guest)];
    expect([...offered, mayRemove(group(role), member('ben', 'member'), guest), mayGiveRole(group(role), ben, guest)]).toEqual(
      Array(5).fill(false),
    );
    expect([mayDelete(message, { role }, guest), mayDelete({ ...message, senderId: 'gus' }, { role }, guest)]).toEqual([false, true]);
  }
});

test('no role above guest is offered for a guest of the team', () => {
  expect(mayGiveRole(group('owner'), person('gus', 'guest'), person('ana'))).toBe(false);
  expect(mayGiveRole(group('owner'), person('ben'), person('ana'))).toBe(true);
  expect(mayGiveRole(group('owner'), undefined, person('ana'))).toBe(true);
});
