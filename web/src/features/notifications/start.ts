import type { App } from '../../app/app-context.tsx';
import { startDesktop } from './desktop.ts';
import { startPush } from './push.ts';
import { markUnread } from './unread-mark.ts';

/** What follows notifications outside of the components; read when the chat stands. */
export function startNotifications(app: App): void {
  startPush(app);
  startDesktop(app, window);
  markUnread(app, window);
}
