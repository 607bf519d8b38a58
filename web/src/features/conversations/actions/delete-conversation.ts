import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import type { Conversation } from '../../../shared/model.ts';
import { mayDeleteConversation } from '../../members/member-rules.ts';
import { leaveConversationPlace } from '../open-conversation.ts';

export const deleteConversation: Action<Conversation> = {
  name: 'conversation.delete',
  label: 'action.deleteConversation',
  icon: 'trash',
  danger: true,
  test({ client }, conversation) {
    const me = userOf(client);
    return me !== null && mayDeleteConversation(conversation, me);
  },
  perform({ client, ui, navigation, t }, { id, name }) {
    ui.dialog.set({
      name: 'confirm',
      title: t('confirm.deleteConversation.title', { name: name ?? t('conversation.unnamed') }),
      text: t('confirm.deleteConversation.text'),
      confirm: t('action.deleteConversation'),
      onConfirm: async () => {
        await client.call(api.chat.deleteConversation, { conversationId: id });
        leaveConversationPlace({ navigation }, id);
      },
    });
  },
};
