import type { Action } from './action.ts';

/** Nothing of the person stays on a shared computer: drafts go too. */
export const signOut: Action = {
  name: 'app.signOut',
  label: 'action.signOut',
  icon: 'logOut',
  test: () => true,
  async perform({ client, drafts, navigation, ui }) {
    ui.dialog.set(null);
    await client.logOut();
    drafts.clear();
    navigation.replace({ name: 'sign-in' });
  },
};
