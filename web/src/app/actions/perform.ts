import { failureText } from '../../shared/failure.ts';
import { isApple } from '../../shared/browser/pointer.ts';
import type { MenuItem } from '../../shared/ui/menu.tsx';
import type { LocalApp } from '../app-context.tsx';
import type { Action } from './action.ts';
import { isBare, matches, written, type KeyPress } from './keys.ts';

/** Performs the action if it is available; an error is shown in a toast, as there is no form to show it. */
export async function perform<S>(app: LocalApp, action: Action<S>, subject: S): Promise<void> {
  if (!action.test(app, subject)) return;
  try {
    await action.perform(app, subject);
  } catch (error) {
    app.ui.showToast(failureText(app.t, error), 'error');
  }
}

/** The actions that make sense now, as items of a menu. */
export function menuItems<S>(app: LocalApp, actions: readonly Action<S>[], subject: S): readonly MenuItem[] {
  return actions
    .filter((action) => action.test(app, subject))
    .map((action) => ({
      id: action.name,
      label: app.t(action.label),
      icon: action.icon,
      keys: action.keys ? written(action.keys, isApple()) : undefined,
      danger: action.danger,
      onChoose: () => void perform(app, action, subject),
    }));
}

/** The action bound to a key press, if there is one that may be done now. */
export function actionFor<S>(
  app: LocalApp,
  actions: readonly Action<S>[],
  subject: S,
  press: KeyPress,
  typing: boolean,
): Action<S> | undefined {
  return actions.find(({ keys, test }) => keys !== undefined && !(typing && isBare(keys)) && matches(keys, press) && test(app, subject));
}
