import type { App } from './app-context.tsx';
import { chatRoute } from './routes.ts';

const entrances = new Set(['setup', 'sign-in', 'sign-up', 'invite', 'reset']);

/** Whoever comes in leaves the entrance screens; whoever goes out takes open dialogs along. */
export function followSession({ client, navigation, ui }: Pick<App, 'client' | 'navigation' | 'ui'>): void {
  let before = client.session.get().status;
  client.session.subscribe(() => {
    const { status } = client.session.get();
    if (status === before) return;
    const cameIn = status === 'signed-in' && before === 'signed-out';
    before = status;
    if (status === 'signed-out') {
      ui.dialog.set(null);
      ui.panel.set(null);
    }
    const { name } = navigation.route.get();
    if ((cameIn && entrances.has(name)) || (status === 'signed-in' && (name === 'sign-in' || name === 'sign-up')))
      navigation.replace(chatRoute(null));
  });
}
