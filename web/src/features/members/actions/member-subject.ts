import type { Conversation, Member } from '../../../shared/model.ts';

export interface MemberSubject {
  readonly member: Member;
  readonly conversation: Conversation;
}
