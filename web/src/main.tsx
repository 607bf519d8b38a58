import { createRoot } from 'react-dom/client';
import { createClient } from '../../client/index.ts';
import { AppRoot } from './app/app.tsx';
import type { App } from './app/app-context.tsx';
import { followSession } from './app/follow-session.ts';
import { browserNavigation } from './app/navigation.ts';
import { keepPageTitle } from './app/page-title.ts';
import { devicePreferences } from './app/preferences.ts';
import { teamStore } from './app/team.ts';
import { createUi } from './app/ui-state.ts';
import { watchPresence } from './app/watch-presence.ts';
import { keptDrafts } from './features/composer/drafts.ts';
import { messageQuotes } from './features/messages/quotes.ts';
import { timelineViews } from './features/messages/timeline-view.ts';
import { messageSearch } from './features/search/message-search.ts';
import { attention } from './shared/browser/attention.ts';
import './shared/fonts.css';
import './shared/tokens.css';
import './shared/base.css';

const client = createClient({ url: '' });
const app: App = {
  client,
  navigation: browserNavigation(window),
  preferences: devicePreferences(window),
  drafts: keptDrafts(window.localStorage),
  ui: createUi(),
  team: teamStore(client),
  views: timelineViews(client),
  quotes: messageQuotes(client),
  search: messageSearch(client),
  attention: attention(window),
};

followSession(app);
watchPresence(app);
keepPageTitle(app, window);
void app.team.load();
void client.start();

const root = document.getElementById('root');
if (root) createRoot(root).render(<AppRoot app={app} />);
