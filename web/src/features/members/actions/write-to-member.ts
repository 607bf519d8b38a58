import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { chatRoute } from '../../../app/routes.ts';
import type { MemberSubject } from './member-subject.ts';

export const writeToMember: Action<MemberSubject> = {
  name: 'members.write',
  label: 'action.writeDirectly',
  icon: 'chat',
  test: ({ client }, { member, conversation }) => conversation.kind !== 'direct' && member.userId !== userOf(client)?.id,
  async perform({ client, navigation }, { member }) {
    const handle = await client.openDirect(member.userId);
    navigation.go(chatRoute(handle.id));
  },
};
