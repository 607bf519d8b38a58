import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { mayManage } from '../admin-rules.ts';
import type { AccountSubject } from './account-subject.ts';

export const forceLogOut: Action<AccountSubject> = {
  name: 'admin.forceLogOut',
  label: 'action.forceLogOut',
  icon: 'logOut',
  test({ client }, { user }) {
    const me = userOf(client);
    return me !== null && me.id !== user.id && user.active && mayManage(me, user);
  },
  async perform({ client, ui, t }, { user }) {
    const { sessions } = await client.call(api.auth.forceLogOut, { userId: user.id });
    ui.showToast(t('toast.loggedOut', { count: sessions }));
  },
};
