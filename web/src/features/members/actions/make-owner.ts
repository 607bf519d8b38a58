import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { mayGiveRole } from '../member-rules.ts';
import type { MemberSubject } from './member-subject.ts';

export const makeOwner: Action<MemberSubject> = {
  name: 'members.makeOwner',
  label: 'action.makeOwner',
  icon: 'shield',
  test({ client }, { member, conversation }) {
    const me = userOf(client);
    return me !== null && member.role !== 'owner' && mayGiveRole(conversation, client.people.get().get(member.userId), me);
  },
  async perform({ client }, { member, conversation }) {
    await client.call(api.chat.changeMemberRole, { conversationId: conversation.id, userId: member.userId, role: 'owner' });
  },
};
