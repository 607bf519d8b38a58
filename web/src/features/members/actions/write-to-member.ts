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
    const from = navigation.route.get();
    const handle = await client.openDirect(member.userId);
    // A person who has gone on meanwhile is not taken away from there.
    if (navigation.route.get() === from) navigation.go(chatRoute(handle.id));
  },
};
