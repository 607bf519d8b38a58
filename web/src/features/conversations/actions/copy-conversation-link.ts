import type { Action } from '../../../app/actions/action.ts';
import { chatRoute, pathOf } from '../../../app/routes.ts';
import { copyText } from '../../../shared/browser/clipboard.ts';
import type { Conversation } from '../../../shared/model.ts';

export const copyConversationLink: Action<Conversation> = {
  name: 'conversation.copyLink',
  label: 'action.copyLink',
  icon: 'link',
  test: (_, { kind }) => kind !== 'direct',
  async perform({ ui, t }, { id }) {
    const copied = await copyText(location.origin + pathOf(chatRoute(id)));
    if (copied) ui.showToast(t('toast.copied'));
    else ui.showToast(t('toast.notCopied'), 'error');
  },
};
