import { userOf } from '../../app/me.ts';
import type { App } from '../../app/app-context.tsx';
import { pushOwner } from '../../shared/browser/push-owner.ts';
import { pushBrowser } from './push-browser.ts';
import { PushRegistration } from './push-registration.ts';

let registration: PushRegistration | null = null;

/** The pushes of this browser: one for the page, made with the part that needs it. */
export function pushOf({ client, language }: Pick<App, 'client' | 'language'>): PushRegistration {
  registration ??= new PushRegistration({
    client,
    browser: pushBrowser(window),
    owner: pushOwner(indexedDB),
    language: () => language.get(),
  });
  return registration;
}

/** Follows who is signed in. Where a confirmation fails, the next start makes up for it. */
export function startPush(app: Pick<App, 'client' | 'language'>): void {
  let lastId: string | null = null;
  const follow = () => {
    const id = userOf(app.client)?.id ?? null;
    if (id !== null && id !== lastId)
      pushOf(app)
        .start(id)
        .catch(() => undefined);
    lastId = id;
  };
  app.client.session.subscribe(follow);
  follow();
}
