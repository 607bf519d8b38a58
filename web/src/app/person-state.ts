import type { Client } from '../../../client/index.ts';
import { keptDrafts, type Drafts } from '../features/composer/drafts.ts';
import { listState, type ListState } from '../features/conversations/list-state.ts';
import { messageQuotes, type Quotes } from '../features/messages/quotes.ts';
import { timelineViews, type TimelineViews } from '../features/messages/timeline-view.ts';
import { messageSearch, type MessageSearch } from '../features/search/message-search.ts';
import { store, type Readable, type Writable } from '../shared/state/store.ts';
import { userOf } from './me.ts';
import { createUi, type Ui } from './ui-state.ts';

/**
 * The state of the page for one person, beside the client library. Created at the sign-in and dropped at the sign-out: whatever the page
 * remembers of a person belongs here, or into a component below the screen, which is created again for each person.
 */
export interface PersonState {
  readonly drafts: Drafts;
  readonly ui: Ui;
  readonly views: TimelineViews;
  readonly quotes: Quotes;
  readonly search: MessageSearch;
  readonly list: ListState;
  /** How the person came where it was not by a sign-in on this page: another tab of the browser signed in. */
  readonly arrival: Writable<'tab' | null>;
}

export interface CurrentPerson {
  /** Null: nobody is signed in, or it is not known yet. */
  readonly userId: string | null;
  /** Another for each sign-in, also of the same person. */
  readonly turn: number;
  readonly state: PersonState;
}

/** The state of whoever is signed in on this page. */
export function personStates(client: Client, storage: Storage): Readable<CurrentPerson> {
  const make = (userId: string | null, turn: number) => ({ userId, turn, ...personState(client, storage, userId) });
  const current = store(make(userOf(client)?.id ?? null, 0));
  let broughtByTab: string | null = null;
  // Runs before the subscribers of the session are called.
  client.on('person-changed', ({ to }) => {
    broughtByTab = to.id;
  });
  client.session.subscribe(() => {
    const userId = userOf(client)?.id ?? null;
    const before = current.get();
    if (userId === before.userId) return;
    const next = make(userId, before.turn + 1);
    if (userId !== null && userId === broughtByTab) next.state.arrival.set('tab');
    broughtByTab = null;
    current.set(next);
    before.end();
  });
  return current;
}

function personState(client: Client, storage: Storage, userId: string | null): { state: PersonState; end: () => void } {
  const ends: (() => void)[] = [];
  const listening: Pick<Client, 'on'> = {
    on: (event, listener) => {
      const stop = client.on(event, listener);
      ends.push(stop);
      return stop;
    },
  };
  const drafts = keptDrafts(storage, userId);
  ends.push(drafts.keep);
  return {
    state: {
      drafts,
      ui: createUi(),
      views: timelineViews(client),
      quotes: messageQuotes(client, listening),
      search: messageSearch(client, listening),
      list: listState(storage, userId),
      arrival: store<'tab' | null>(null),
    },
    end: () => {
      for (const stop of ends) stop();
    },
  };
}
