import type { Action } from '../../../app/actions/action.ts';
import { chatRoute, pathOf } from '../../../app/routes.ts';
import { copyText } from '../../../shared/browser/clipboard.ts';
import type { MessageSubject } from './message-subject.ts';

export const copyMessageLink: Action<MessageSubject> = {
  name: 'message.copyLink',
  label: 'action.copyLink',
  icon: 'link',
  keys: 'L',
  test: () => true,
  async perform({ ui, t }, { message }) {
    const copied = await copyText(location.origin + pathOf(chatRoute(message.conversationId, message.seq)));
    if (copied) ui.showToast(t('toast.copied'));
    else ui.showToast(t('toast.notCopied'), 'error');
  },
};
