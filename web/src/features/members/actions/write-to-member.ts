import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { goToDirect } from '../../conversations/open-conversation.ts';
import type { MemberSubject } from './member-subject.ts';

export const writeToMember: Action<MemberSubject> = {
  name: 'members.write',
  label: 'action.writeDirectly',
  icon: 'chat',
  test: ({ client }, { member, conversation }) => conversation.kind !== 'direct' && member.userId !== userOf(client)?.id,
  perform: (app, { member }) => goToDirect(app, member.userId),
};
