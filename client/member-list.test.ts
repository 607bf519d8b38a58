import { describe, expect, it } from '@jest/globals';
import { withMemberChange, withMemberRead } from './member-list.ts';

describe('a list of members', () => {
  const member = (userId: string, lastReadSeq = 0) => ({ userId, role: 'member' as const, joinedAt: '', lastReadSeq });

  it('follows who comes, goes and changes', () => {
    const joined = withMemberChange([member('ana')], { kind: 'joined', rev: 2, members: [member('ben'), member('ana', 4)] });
    expect(joined.map(({ userId }) => userId)).toEqual(['ben', 'ana']);
    expect(withMemberChange(joined, { kind: 'left', rev: 3, userId: 'ben' })).toEqual([member('ana', 4)]);
    const changed = withMemberChange(joined, { kind: 'member', rev: 3, member: { ...member('ana', 1), role: 'owner' } });
    expect(changed[1]).toMatchObject({ role: 'owner', lastReadSeq: 4 });
  });

  it('moves read marks forward only', () => {
    const members = [member('ana', 3)];
    expect(withMemberRead(members, 'ana', 2)).toBe(members);
    expect(withMemberRead(members, 'ana', 4)[0]?.lastReadSeq).toBe(4);
  });
});
