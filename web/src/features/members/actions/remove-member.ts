import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { nameOf } from '../../people/person-name.ts';
import { mayRemove } from '../member-rules.ts';
import type { MemberSubject } from './member-subject.ts';

export const removeMember: Action<MemberSubject> = {
  name: 'members.remove',
  label: 'action.removeMember',
  icon: 'trash',
  danger: true,
  test({ client }, { member, conversation }) {
    const me = userOf(client);
    return me !== null && mayRemove(conversation, member, me);
  },
  perform({ client, ui, t }, { member, conversation }) {
    ui.dialog.set({
      name: 'confirm',
      title: t('confirm.removeMember.title', { name: nameOf(member.userId, { client, t }) ?? '' }),
      text: t('confirm.removeMember.text'),
      confirm: t('action.removeMember'),
      onConfirm: async () => {
        await client.call(api.chat.removeMember, { conversationId: conversation.id, userId: member.userId });
      },
    });
  },
};
