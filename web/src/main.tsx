import { createRoot } from 'react-dom/client';
import { createClient } from '../../client/index.ts';
import { AppRoot } from './app/app.tsx';
import type { App } from './app/app-context.tsx';
import { followServiceWorker } from './app/follow-service-worker.ts';
import { followSession } from './app/follow-session.ts';
import { shownLanguage } from './app/language.ts';
import { readWhenIdle } from './app/later.tsx';
import { listPeople } from './app/list-people.ts';
import { browserNavigation } from './app/navigation.ts';
import { openEarly } from './app/open-early.ts';
import { keepPageTitle } from './app/page-title.ts';
import { partWith } from './app/part.ts';
import { personPreferences } from './app/person-preferences.ts';
import { personStates } from './app/person-state.ts';
import { devicePreferences } from './app/preferences.ts';
import { teamStore } from './app/team.ts';
import { watchPresence } from './app/watch-presence.ts';
import { attention } from './shared/browser/attention.ts';
import { minuteClock } from './shared/browser/clock.ts';
import { followInputMethod } from './shared/browser/input-method.ts';
import { followKeyboard } from './shared/browser/keyboard-inset.ts';
import { storageOf } from './shared/browser/storage.ts';
// Used by name in every part of the page, also where the component that brings it is read later.
import './shared/ui/dialog.css';
import './shared/ui/field.css';
import './shared/ui/tabs.css';
import './shared/fonts.css';
import './shared/tokens.css';
import './shared/base.css';

const client = createClient({ url: '' });
const preferences = personPreferences(client, devicePreferences(window));
const { language, ready } = shownLanguage(preferences, window);
const app: App = {
  client,
  navigation: browserNavigation(window),
  preferences,
  language,
  team: teamStore(client),
  person: personStates(client, storageOf(window)),
  attention: attention(window),
  clock: minuteClock(window),
};

let started: Promise<void> | null = null;
/** What follows notifications is a part of its own. */
function startsOnce(): Promise<void> {
  return (started ??= partWith(['notifications'], () => import('./features/notifications/start.ts')).then(({ startNotifications }) =>
    startNotifications(app),
  ));
}

// A phone may end a page that is hidden without another word.
for (const event of ['pagehide', 'visibilitychange'])
  window.addEventListener(event, () => {
    app.person.get().state.drafts.keep();
  });
followInputMethod(window);
followKeyboard(window);
followSession(app);
// Absent on plain http beyond localhost.
followServiceWorker(app, (navigator as Partial<Navigator>).serviceWorker);
openEarly(app);
listPeople(client);
watchPresence(app);
keepPageTitle(app, window);
readWhenIdle(startsOnce);
void app.team.load();
void client.start();

const root = document.getElementById('root');
if (root) void ready.then(() => createRoot(root).render(<AppRoot app={app} />));
