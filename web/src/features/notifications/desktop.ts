import { isAmongRead } from '../../../../client/notification-list.ts';
import type { App } from '../../app/app-context.tsx';
import { userOf } from '../../app/me.ts';
import { chatRoute, pathOf } from '../../app/routes.ts';
import { translator } from '../../shared/i18n/translate.ts';
import type { Notification as Entry } from '../../shared/model.ts';
import { openConversationId } from '../conversations/open-conversation.ts';
import { isWatched } from './desktop-rules.ts';
import { desktopTexts } from './entry-text.ts';
import type { PushBrowser } from './push-browser.ts';
import type { WatchedTabs } from './tabs.ts';

export interface DesktopParts {
  readonly view: Pick<Window, 'focus'> & Partial<Pick<typeof globalThis, 'Notification'>>;
  readonly browser: Pick<PushBrowser, 'isGranted' | 'knownWorker'>;
  readonly tabs: WatchedTabs;
  readonly playSound: () => Promise<void>;
}

/** What stands on the screen of one entry. */
interface Standing {
  readonly entry: Entry;
  close(): void;
}

/** Shows and sounds what the server says notifies the person, in one of their tabs, unless somebody looks at the conversation in a tab of ours. */
export function startDesktop(app: App, parts: DesktopParts): void {
  const { browser, tabs, playSound } = parts;
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
    show(app, entry, parts).then(
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

/** By the service worker where there is one: a push of the same event takes its place then, and phones know no other way. Returns what closes it. */
async function show(app: App, entry: Entry, { view, browser }: DesktopParts): Promise<() => void> {
  const { eventId, conversationId, seq } = entry;
  const { title, body } = textsOf(app, entry);
  const language = app.language.get();
  const data = {
    eventId,
    path: pathOf(chatRoute(conversationId, seq)),
    conversationId,
    seq,
    language,
    ownerId: userOf(app.client)?.id ?? null,
  };
  const options = { body, tag: eventId, lang: language, icon: '/icon-192.png', data };
  const worker = await browser.knownWorker();
  if (worker) {
    await worker.showNotification(title, options);
    return () => {
      void worker.getNotifications({ tag: eventId }).then((found) => found.forEach((one) => one.close()));
    };
  }
  if (!view.Notification) throw new Error('This browser shows no notifications.');
  const shown = new view.Notification(title, options);
  shown.onclick = () => {
    view.focus();
    app.navigation.go(chatRoute(conversationId, seq));
    shown.close();
  };
  return () => shown.close();
}

function textsOf({ client, language }: App, entry: Entry) {
  const { actorId, conversationId } = entry;
  return desktopTexts(translator(language.get()), entry, {
    name: actorId === null ? null : (client.people.get().get(actorId)?.displayName ?? null),
    isDirect: client.conversations.get().find(({ id }) => id === conversationId)?.kind === 'direct',
    showsText: client.settings.get()?.['notifications.showsText'] ?? false,
  });
}
