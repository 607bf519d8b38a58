import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import type { Conversation } from '../../../shared/model.ts';
import { leaveConversationPlace } from '../open-conversation.ts';

export const leaveConversation: Action<Conversation> = {
  name: 'conversation.leave',
  label: 'action.leaveConversation',
  icon: 'logOut',
  danger: true,
  test: (_, { kind, role }) => kind !== 'direct' && role !== null,
  perform({ client, ui, navigation, t }, { id, name, visibility }) {
    const me = userOf(client);
    if (!me) return;
    ui.dialog.set({
      name: 'confirm',
      title: t('confirm.leave.title', { name: name ?? t('conversation.unnamed') }),
      text: t(visibility === 'public' ? 'confirm.leave.public' : 'confirm.leave.private'),
      confirm: t('action.leaveConversation'),
      option: {
        label: t('confirm.leave.decline'),
        hint: t(visibility === 'public' ? 'confirm.leave.decline.public' : 'confirm.leave.decline.private'),
      },
      onConfirm: async (isChosen) => {
        await client.call(api.chat.removeMember, { conversationId: id, userId: me.id, ...(isChosen ? { declineReturn: true } : {}) });
        leaveConversationPlace({ navigation }, id);
      },
    });
  },
};
