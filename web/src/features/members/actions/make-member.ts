import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { mayGiveRole } from '../member-rules.ts';
import type { MemberSubject } from './member-subject.ts';

export const makeMember: Action<MemberSubject> = {
  name: 'members.makeMember',
  label: 'action.makeMember',
  icon: 'user',
  test({ client }, { member, conversation }) {
    const me = userOf(client);
    return me !== null && member.role !== 'member' && mayGiveRole(conversation, client.people.get().get(member.userId), me);
  },
  async perform({ client }, { member, conversation }) {
    await client.call(api.chat.changeMemberRole, { conversationId: conversation.id, userId: member.userId, role: 'member' });
  },
};
