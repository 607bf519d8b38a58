import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { mayManage } from '../admin-rules.ts';
import type { AccountSubject } from './account-subject.ts';

export const enableUser: Action<AccountSubject> = {
  name: 'admin.enableUser',
  label: 'action.enableUser',
  icon: 'check',
  test({ client }, { user }) {
    const me = userOf(client);
    return me !== null && !user.active && mayManage(me, user);
  },
  async perform({ client }, { user, onChange }) {
    onChange(await client.call(api.auth.enableUser, { userId: user.id }));
  },
};
