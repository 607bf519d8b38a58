import { ConversationPane } from '../features/conversations/conversation-pane.tsx';
import { openConversationId } from '../features/conversations/open-conversation.ts';
import { Sidebar } from '../features/conversations/sidebar.tsx';
import { WelcomePane } from '../features/conversations/welcome-pane.tsx';
import { PersonCards } from '../features/people/person-cards.tsx';
import { useStore } from '../shared/state/use-store.ts';
import { useApp } from './app-context.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { smallParts } from './late-parts.ts';
import { later } from './later.tsx';
import { partWith } from './part.ts';
import { useFirstFocus } from './use-first-focus.ts';
import { useShortcuts } from './use-shortcuts.ts';
import './shell.css';

const Announcer = later(async () => (await smallParts()).Announcer);
const ArrivalNotice = later(async () => (await smallParts()).ArrivalNotice);
const MessageSearchPanel = later(() =>
  partWith(['panels'], async () => (await import('../features/search/message-search-panel.tsx')).MessageSearchPanel),
);
const NotificationsPanel = later(() =>
  partWith(['notifications', 'panels'], async () => (await import('../features/notifications/notifications-panel.tsx')).NotificationsPanel),
);

/** The chat: the list, the open conversation and the panel beside it; a phone shows one of them at a time. */
export function Shell() {
  const app = useApp();
  const { t, navigation } = app;
  useStore(navigation.route);
  const panel = useStore(navigation.panel);
  const openId = openConversationId(app);
  useShortcuts();
  useFirstFocus(openId);
  const showsSearch = panel === 'search';
  const showsCentre = panel === 'notifications';
  const hasPanel = showsSearch || showsCentre || (panel !== null && openId !== null);
  return (
    <PersonCards className="shell" data-view={openId || showsSearch || showsCentre ? 'conversation' : 'list'}>
      <a
        className="skip-link"
        href="#conversation"
        onClick={(event) => {
          // The address stays as it is: a fragment would be an entry of the history that leads nowhere.
          event.preventDefault();
          document.getElementById('conversation')?.focus();
        }}
      >
        {t('skipToConversation')}
      </a>
      <div className="shell-banner">
        <ArrivalNotice />
        <ConnectionBanner />
      </div>
      <Sidebar openId={openId} />
      <div className="shell-main" data-panel={hasPanel || undefined}>
        {openId ? <ConversationPane key={openId} id={openId} /> : <WelcomePane />}
        {showsSearch ? <MessageSearchPanel openId={openId} /> : null}
        {showsCentre ? <NotificationsPanel /> : null}
      </div>
      <Announcer openId={openId} />
    </PersonCards>
  );
}
