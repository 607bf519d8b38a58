import type { Client } from '../../../client/index.ts';
import type { Readable, Writable } from '../shared/state/store.ts';
import { userOf } from './me.ts';
import type { KeptPreferences, Preferences } from './preferences.ts';

export interface PreferenceChoice extends Readable<Preferences> {
  /** Shown at once. Rejects where the server refuses, and then all is as it was. */
  choose(change: Partial<Preferences>): Promise<void>;
}

/**
 * Theme and language of the person who is signed in, as their account has them. Before the account is read, and while nobody is signed in,
 * they are what this device last showed, unless that was shown to somebody else. What is chosen before the sign-in, as on a page
 * of registration, is put into an account that has chosen nothing there.
 */
export function personPreferences(client: Pick<Client, 'session' | 'settings'>, kept: Writable<KeptPreferences>): PreferenceChoice {
  let chosenBefore: Partial<Preferences> = {};
  let lastId: string | null = null;
  const follow = (): void => {
    const userId = userOf(client)?.id ?? null;
    const isLeaving = userId === null && lastId !== null;
    lastId = userId;
    if (isLeaving) chosenBefore = {};
    if (userId === null) return;
    const settings = client.settings.get();
    if (settings) {
      const own = { theme: settings['appearance.theme'], language: settings['appearance.language'] };
      const lacking = choicesFor(own, chosenBefore);
      chosenBefore = {};
      // The settings show such a change before it is sent, and are followed then. One that is refused was no more than a proposal.
      if (lacking) client.settings.change(lacking).catch(() => undefined);
      else show(kept, { ...own, userId });
    } else if (kept.get().userId !== null && kept.get().userId !== userId) show(kept, { ...unchosen, ...chosenBefore, userId });
  };
  client.session.subscribe(follow);
  client.settings.subscribe(follow);
  return {
    get: kept.get,
    subscribe: kept.subscribe,
    async choose(change) {
      const before = kept.get();
      const shown = { ...before, ...change };
      show(kept, shown);
      if (!userOf(client)) {
        chosenBefore = { ...chosenBefore, ...change };
        return;
      }
      try {
        await client.settings.change(asSettings(change));
      } catch (error) {
        // Where the account was never read, nobody else takes the choice back.
        if (kept.get() === shown) kept.set(before);
        throw error;
      }
    },
  };
}

const unchosen: Preferences = { theme: 'system', language: 'system' };

const asSettings = ({ theme, language }: Partial<Preferences>) => ({ 'appearance.theme': theme, 'appearance.language': language });

/** What was chosen before the sign-in and the account says nothing of. */
function choicesFor(own: Preferences, { theme, language }: Partial<Preferences>) {
  const lacking = {
    ...(own.theme === unchosen.theme && theme && theme !== own.theme ? { theme } : {}),
    ...(own.language === unchosen.language && language && language !== own.language ? { language } : {}),
  };
  return Object.keys(lacking).length === 0 ? null : asSettings(lacking);
}

function show(kept: Writable<KeptPreferences>, next: KeptPreferences): void {
  const { theme, language, userId } = kept.get();
  if (theme !== next.theme || language !== next.language || userId !== next.userId) kept.set(next);
}
