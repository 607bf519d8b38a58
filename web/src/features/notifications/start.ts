import type { App } from '../../app/app-context.tsx';
import { closeRead } from './close-read.ts';
import { startDesktop } from './desktop.ts';
import { pushBrowser } from './push-browser.ts';
import { startPush } from './push.ts';
import { markUnread } from './unread-mark.ts';

/** What follows notifications outside of the components; read when the chat stands. */
export function startNotifications(app: App): void {
  startPush(app);
  startDesktop(app, window);
  closeRead(app, () => pushBrowser(window).knownWorker());
  markUnread(app, window);
}
