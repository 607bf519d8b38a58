import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { mayManage } from '../admin-rules.ts';
import type { AccountSubject } from './account-subject.ts';

export const disableUser: Action<AccountSubject> = {
  name: 'admin.disableUser',
  label: 'action.disableUser',
  icon: 'alert',
  danger: true,
  test({ client }, { user }) {
    const me = userOf(client);
    return me !== null && user.active && me.id !== user.id && mayManage(me, user);
  },
  perform({ client, ui, t }, { user, onChange }) {
    ui.dialog.set({
      name: 'confirm',
      title: t('confirm.disableUser.title', { name: user.displayName }),
      text: t('confirm.disableUser.text'),
      confirm: t('action.disableUser'),
      onConfirm: async () => onChange(await client.call(api.auth.disableUser, { userId: user.id })),
    });
  },
};
