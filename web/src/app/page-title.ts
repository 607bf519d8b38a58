import { asTheyNotify, attentionCount } from '../features/conversations/conversation-list.ts';
import { openConversation } from '../features/conversations/open-conversation.ts';
import { titleOf } from '../features/conversations/conversation-title.ts';
import { translator } from '../shared/i18n/translate.ts';
import type { App } from './app-context.tsx';
import { userOf } from './me.ts';

/** Keeps the window's title: what waits, the open conversation, the team. */
export function keepPageTitle(app: App, view: Window): void {
  const write = () => {
    view.document.title = pageTitle(app);
  };
  for (const source of [
    app.client.conversations,
    app.client.notifications.rules,
    app.clock,
    app.client.session,
    app.client.people,
    app.client.unknownPeople,
    app.navigation.route,
    app.team.state,
    app.language,
  ])
    source.subscribe(write);
  write();
}

function pageTitle(app: App): string {
  const me = userOf(app.client);
  const team = app.team.state.get().team?.name ?? 'Confab';
  if (!me) return team;
  const t = translator(app.language.get());
  const waiting = attentionCount(asTheyNotify(app));
  const conversation = openConversation(app);
  const place =
    app.navigation.route.get().name === 'admin'
      ? t('admin.title')
      : conversation
        ? titleOf(conversation, me.id, { client: app.client, t })
        : null;
  return `${waiting > 0 ? `(${waiting}) ` : ''}${place ? `${place} · ` : ''}${team}`;
}
