import { createContext, useContext } from 'react';
import type { Client } from '../../../client/index.ts';
import type { Drafts } from '../features/composer/drafts.ts';
import type { Quotes } from '../features/messages/quotes.ts';
import type { TimelineViews } from '../features/messages/timeline-view.ts';
import type { MessageSearch } from '../features/search/message-search.ts';
import type { TimeFormats } from '../shared/format/time.ts';
import type { Locale, Translate } from '../shared/i18n/translate.ts';
import type { Readable, Writable } from '../shared/state/store.ts';
import type { Navigation } from './navigation.ts';
import type { Preferences } from './preferences.ts';
import type { TeamStore } from './team.ts';
import type { Ui } from './ui-state.ts';

/** All that lives outside the components; made once in `main.tsx` and handed down. */
export interface App {
  readonly client: Client;
  readonly navigation: Navigation;
  readonly preferences: Writable<Preferences>;
  readonly drafts: Drafts;
  readonly ui: Ui;
  readonly team: TeamStore;
  readonly views: TimelineViews;
  readonly quotes: Quotes;
  readonly search: MessageSearch;
  /** Whether somebody looks at the page now. */
  readonly attention: Readable<boolean>;
}

/** The app together with the language of the reader. */
export interface LocalApp extends App {
  readonly locale: Locale;
  readonly t: Translate;
  readonly times: TimeFormats;
}

export const AppContext = createContext<LocalApp | null>(null);

export function useApp(): LocalApp {
  const app = useContext(AppContext);
  if (!app) throw new Error('rendered outside of the app');
  return app;
}
