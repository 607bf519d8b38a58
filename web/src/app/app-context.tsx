import { createContext, useContext } from 'react';
import type { Client } from '../../../client/index.ts';
import type { Moment } from '../shared/browser/clock.ts';
import type { NameOrder } from '../shared/format/name-order.ts';
import type { TimeFormats } from '../shared/format/time.ts';
import type { Locale, Translate } from '../shared/i18n/translate.ts';
import type { Readable } from '../shared/state/store.ts';
import type { Navigation } from './navigation.ts';
import type { PreferenceChoice } from './person-preferences.ts';
import type { CurrentPerson, PersonState } from './person-state.ts';
import type { TeamStore } from './team.ts';

/** The state outside the components that outlives a person's session; created once in `main.tsx` and passed down. */
export interface App {
  readonly client: Client;
  readonly navigation: Navigation;
  readonly preferences: PreferenceChoice;
  readonly language: Readable<Locale>;
  readonly team: TeamStore;
  readonly person: Readable<CurrentPerson>;
  readonly clock: Readable<Moment>;
  /** Whether somebody looks at the page now. */
  readonly attention: Readable<boolean>;
}

/** The app together with the language of the reader and the state of the person who is signed in. */
export interface LocalApp extends App, PersonState {
  readonly locale: Locale;
  readonly t: Translate;
  readonly times: TimeFormats;
  /** The order of names in every list. */
  readonly byName: NameOrder;
}

export const AppContext = createContext<LocalApp | null>(null);

export function useApp(): LocalApp {
  const app = useContext(AppContext);
  if (!app) throw new Error('rendered outside of the app');
  return app;
}
