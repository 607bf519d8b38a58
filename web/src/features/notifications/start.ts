import type { App } from '../../app/app-context.tsx';
import { closeRead } from './close-read.ts';
import { startDesktop } from './desktop.ts';
import { pushBrowser } from './push-browser.ts';
import { startPush } from './push.ts';
import { playSound } from './sound.ts';
import { tabsOf } from './tabs.ts';
import { markUnread } from './unread-mark.ts';

/** What follows notifications outside of the components; read when the chat stands. */
export function startNotifications(app: App): void {
  const browser = pushBrowser(window);
  startPush(app);
  startDesktop(app, { view: window, browser, tabs: tabsOf(window), playSound: () => playSound() });
  closeRead(app, () => browser.knownWorker());
  markUnread(app, window);
}
