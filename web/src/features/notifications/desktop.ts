import { isAmongRead } from '../../../../client/notification-list.ts';
import type { App } from '../../app/app-context.tsx';
import { userOf } from '../../app/me.ts';
import { chatRoute, pathOf } from '../../app/routes.ts';
import { translator } from '../../shared/i18n/translate.ts';
import type { Notification as Entry } from '../../shared/model.ts';
import { openConversationId } from '../conversations/open-conversation.ts';
import { desktopTextOf, isWatched, type DesktopText } from './desktop-rules.ts';
import { entryText, quotesNobody } from './entry-text.ts';
import { pushBrowser } from './push-browser.ts';
import { playSound } from './sound.ts';
import { watchedTabs } from './tabs.ts';

/** What stands on the screen of one entry. */
interface Standing {
  readonly entry: Entry;
  close(): void;
}

/** Shows and sounds what the server says notifies the person, in one of their tabs, unless somebody looks at the conversation in a tab of ours. */
export function startDesktop(app: App, view: Window & typeof globalThis): void {
  const browser = pushBrowser(view);
  const tabs = watchedTabs(view, { locks: (view.navigator as Partial<Navigator>).locks ?? null, channel: channelOf(view) });
  const standing = new Map<string, Standing>();
  const look = () => tabs.look(app.attention.get() ? openConversationId(app) : null);
  app.attention.subscribe(look);
  app.navigation.route.subscribe(look);
  look();
  app.client.on('notification', (entry) => {
    const settings = app.client.settings.get();
    if (!settings || !tabs.isLeader() || isWatched(entry, tabs.watched)) return;
    if (settings['notifications.sound']) playSound().catch(() => undefined);
    if (!settings['notifications.desktop'] || !browser.isGranted()) return;
    const text = textOf(app, entry, settings['notifications.showsText']);
    show(app, { view, entry, text, worker: () => browser.knownWorker() }).then(
      (close) => standing.set(entry.id, { entry, close }),
      () => undefined,
    );
  });
  app.client.on('notifications-read', (read) => {
    for (const [id, { entry, close }] of standing) {
      if (!isAmongRead(entry, read)) continue;
      standing.delete(id);
      close();
    }
  });
}

function textOf({ client, language }: App, entry: Entry, showsText: boolean): DesktopText {
  const t = translator(language.get());
  const name = entry.actorId === null ? null : (client.people.get().get(entry.actorId)?.displayName ?? null);
  const shown = { ...entry, text: entryText(t, entry) };
  return desktopTextOf(shown, { name, cause: t(`cause.${entry.cause}`), showsText: showsText || quotesNobody(entry) });
}

interface Showing {
  readonly view: Window & typeof globalThis;
  readonly entry: Entry;
  readonly text: DesktopText;
  readonly worker: () => Promise<Pick<ServiceWorkerRegistration, 'showNotification' | 'getNotifications'> | null>;
}

/** By the service worker where there is one: a push of the same event takes its place then, and phones know no other way. Returns what closes it. */
async function show(app: App, { view, entry, text, worker }: Showing): Promise<() => void> {
  const { eventId, conversationId, seq } = entry;
  const path = pathOf(chatRoute(conversationId, seq));
  const known = await worker();
  const data = { eventId, path, conversationId, seq, language: app.language.get(), ownerId: userOf(app.client)?.id ?? null };
  const options = { body: text.body, tag: eventId, icon: '/icon-192.png', data };
  if (known) {
    await known.showNotification(text.title, options);
    return () => {
      void known.getNotifications({ tag: eventId }).then((found) => found.forEach((one) => one.close()));
    };
  }
  const shown = new view.Notification(text.title, options);
  shown.onclick = () => {
    view.focus();
    app.navigation.go(chatRoute(conversationId, seq));
    shown.close();
  };
  return () => shown.close();
}

function channelOf(view: Window & typeof globalThis): BroadcastChannel | null {
  try {
    return 'BroadcastChannel' in view ? new view.BroadcastChannel('confab-desktop') : null;
  } catch {
    return null;
  }
}
