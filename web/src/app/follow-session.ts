import type { App } from './app-context.tsx';
import { userOf } from './me.ts';
import { chatRoute } from './routes.ts';

const entrances = new Set(['setup', 'sign-in', 'sign-up', 'invite', 'reset']);

/** Whoever comes in leaves the entrance screens, and the place where another person was; an open panel ends with the session. */
export function followSession({ client, navigation }: Pick<App, 'client' | 'navigation'>): void {
  let before = client.session.get().status;
  let lastId = userOf(client)?.id ?? null;
  client.session.subscribe(() => {
    const { status } = client.session.get();
    if (status === before) return;
    const cameIn = status === 'signed-in' && before === 'signed-out';
    before = status;
    const id = userOf(client)?.id ?? null;
    const isAnother = id !== null && lastId !== null && id !== lastId;
    lastId = id ?? lastId;
    if (status === 'signed-out') navigation.closePanel();
    const { name } = navigation.route.get();
    if (isAnother || (cameIn && entrances.has(name)) || (status === 'signed-in' && (name === 'sign-in' || name === 'sign-up')))
      navigation.replace(chatRoute(null));
  });
}
