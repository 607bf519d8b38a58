import type { Member } from '../src/contracts/chat/conversations.ts';
import type { Change } from './change.ts';

/** Members of a conversation after a change; the same list when it changed nothing of them. Pure. */
export function withMemberChange(members: readonly Member[], change: Change): readonly Member[] {
  switch (change.kind) {
    case 'joined': {
      const joined = new Set(change.members.map(({ userId }) => userId));
      return [...members.filter(({ userId }) => !joined.has(userId)), ...change.members];
    }
    case 'left':
      return members.filter(({ userId }) => userId !== change.userId);
    case 'member':
      return members.map((member) =>
        member.userId === change.member.userId ? { ...change.member, ...furthest(member, change.member) } : member,
      );
    default:
      return members;
  }
}

export function withMemberRead(members: readonly Member[], userId: string, seq: number): readonly Member[] {
  if (!members.some((member) => member.userId === userId && member.lastReadSeq < seq)) return members;
  return members.map((member) => (member.userId === userId ? { ...member, lastReadSeq: seq } : member));
}

const furthest = (a: Member, b: Member) => ({ lastReadSeq: Math.max(a.lastReadSeq, b.lastReadSeq) });
