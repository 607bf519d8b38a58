/** What the tabs of this browser say to one another: which conversation somebody looks at there; null: none. */
export interface WatchedTabs {
  /** By tab. */
  readonly watched: ReadonlyMap<string, string | null>;
  /** One tab of all is it, and another where that one closes. */
  readonly isLeader: () => boolean;
  look(conversationId: string | null): void;
}

interface Said {
  readonly tab: string;
  readonly conversationId?: string | null;
  /** A tab that has just become the leader knows nothing of the others. */
  readonly asks?: true;
}

export function watchedTabs(view: Pick<Window, 'addEventListener'>, { locks, channel }: TabParts): WatchedTabs {
  const tab = String(Math.random());
  const watched = new Map<string, string | null>();
  let isLeader = locks === null;
  const say = (said: Omit<Said, 'tab'>) => channel?.postMessage({ tab, ...said });
  channel?.addEventListener('message', ({ data }: MessageEvent<Said>) => {
    if (data.asks) say({ conversationId: watched.get(tab) ?? null });
    else watched.set(data.tab, data.conversationId ?? null);
  });
  locks
    ?.request('confab-desktop', () => {
      isLeader = true;
      say({ asks: true });
      // Held as long as the tab is there.
      return new Promise<void>(() => {});
    })
    .catch(() => {
      isLeader = true;
    });
  const look = (conversationId: string | null) => {
    watched.set(tab, conversationId);
    say({ conversationId });
  };
  view.addEventListener('pagehide', () => look(null));
  return { watched, isLeader: () => isLeader, look };
}

export interface TabParts {
  /** Null where the browser has none, as on plain http: each tab is the leader then. */
  readonly locks: Pick<LockManager, 'request'> | null;
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'> | null;
}

/** As the browser has them. */
export function tabsOf(view: Window & Pick<typeof globalThis, 'BroadcastChannel'>): WatchedTabs {
  return watchedTabs(view, { locks: (view.navigator as Partial<Navigator>).locks ?? null, channel: channelOf(view) });
}

function channelOf(view: Pick<typeof globalThis, 'BroadcastChannel'>): BroadcastChannel | null {
  try {
    return 'BroadcastChannel' in view ? new view.BroadcastChannel('confab-desktop') : null;
  } catch {
    return null;
  }
}
