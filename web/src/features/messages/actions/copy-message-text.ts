import type { Action } from '../../../app/actions/action.ts';
import { copyText } from '../../../shared/browser/clipboard.ts';
import { isThere, type MessageSubject } from './message-subject.ts';

export const copyMessageText: Action<MessageSubject> = {
  name: 'message.copyText',
  label: 'action.copyText',
  icon: 'copy',
  keys: 'C',
  test: (_, subject) => isThere(subject),
  async perform({ ui, t }, { message }) {
    const copied = await copyText(message.text);
    if (copied) ui.showToast(t('toast.copied'));
    else ui.showToast(t('toast.notCopied'), 'error');
  },
};
