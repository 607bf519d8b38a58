import { api } from '../../../../../client/index.ts';
import type { Action } from '../../../app/actions/action.ts';
import { userOf } from '../../../app/me.ts';
import { bytesIn } from '../../../shared/format/figures.ts';
import { mayManage } from '../admin-rules.ts';
import type { AccountSubject } from './account-subject.ts';

/** Asks first how much it is. */
export const removeFiles: Action<AccountSubject> = {
  name: 'admin.removeFiles',
  label: 'action.removeFiles',
  icon: 'file',
  danger: true,
  test({ client }, { user }) {
    const me = userOf(client);
    return me !== null && mayManage(me, user);
  },
  async perform({ client, ui, t, locale }, { user, onChange }) {
    const { id: userId, displayName: name } = user;
    const { files, bytes } = await client.call(api.media.measureUserFiles, { userId });
    ui.dialog.set({
      name: 'confirm',
      title: t('confirm.removeFiles.title', { name }),
      text: t('confirm.removeFiles.text', { count: files, size: bytesIn(locale, bytes) }),
      confirm: t('action.removeFiles'),
      onConfirm: async () => {
        await client.call(api.media.removeUserFiles, { userId });
        onChange({ ...user, avatarUrl: null });
        ui.showToast(t('toast.filesRemoved', { name }));
      },
    });
  },
};
