import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { mayManage } from '../admin-rules.ts';
import type { AccountSubject } from './account-subject.ts';

export const createResetLink: Action<AccountSubject> = {
  name: 'admin.createResetLink',
  label: 'action.createResetLink',
  icon: 'key',
  test({ client }, { user }) {
    const me = userOf(client);
    return me !== null && user.active && mayManage(me, user);
  },
  async perform({ client }, { user, onLink }) {
    const { url } = await client.call(api.auth.createResetLink, { userId: user.id });
    onLink({ user, url });
  },
};
