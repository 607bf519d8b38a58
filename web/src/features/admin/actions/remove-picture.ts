import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { mayManage } from '../admin-rules.ts';
import type { AccountSubject } from './account-subject.ts';

export const removePicture: Action<AccountSubject> = {
  name: 'admin.removePicture',
  label: 'action.removePicture',
  icon: 'trash',
  danger: true,
  test({ client }, { user }) {
    const me = userOf(client);
    return me !== null && user.avatarUrl !== null && mayManage(me, user);
  },
  perform({ client, ui, t }, { user, onChange }) {
    ui.dialog.set({
      name: 'confirm',
      title: t('confirm.removePicture.title', { name: user.displayName }),
      text: t('confirm.removePicture.text'),
      confirm: t('action.removePicture'),
      onConfirm: async () => {
        await client.call(api.media.removeUserAvatar, { userId: user.id });
        onChange({ ...user, avatarUrl: null });
      },
    });
  },
};
