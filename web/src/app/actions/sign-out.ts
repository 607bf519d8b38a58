import type { Action } from './action.ts';
import { leaveBrowser } from '../../features/notifications/leave-browser.ts';

/** Nothing of the person stays on a shared computer: drafts go too. What was on the screen goes at once, and comes back where the server does not answer. */
export const signOut: Action = {
  name: 'app.signOut',
  label: 'action.signOut',
  icon: 'logOut',
  test: () => true,
  async perform({ client, language, drafts, navigation, ui }) {
    ui.dialog.set(null);
    ui.isSigningOut.set(true);
    try {
      await leaveBrowser({ client, language });
      await client.logOut();
    } catch (error) {
      ui.isSigningOut.set(false);
      throw error;
    }
    drafts.clear();
    navigation.replace({ name: 'sign-in' });
  },
};
