/** Runs `work` while no other tab of this origin runs work of the same name. */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Publishes to the other tabs of this browser who signed in (null after a sign-out), and receives the same from them. */
export interface Tabs {
  publish(userId: string | null): void;
  /** Returns a function that unsubscribes. */
  watch(listener: (userId: string | null) => void): () => void;
}

/** What differs between a browser and a program. */
export interface Platform {
  readonly isBrowser: boolean;
  readonly exclusively: Exclusively;
  readonly tabs: Tabs;
  /** Calls back when the network came, went, or the page was shown again; returns a function that stops it. */
  watchNetwork(handlers: { came: () => void; went: () => void; shown: () => void }): () => void;
}

export const noTabs: Tabs = { publish: () => undefined, watch: () => () => undefined };

const program: Platform = {
  isBrowser: false,
  exclusively: (_name, work) => work(),
  tabs: noTabs,
  watchNetwork: () => () => undefined,
};

export function platform(): Platform {
  if (typeof window === 'undefined' || typeof document === 'undefined') return program;
  // Absent on plain http beyond localhost; the server accepts that two tabs renew at once, and a repeated send makes no second message.
  const locks = (navigator as { locks?: LockManager }).locks;
  return {
    isBrowser: true,
    exclusively: exclusivelyBy(locks),
    tabs: tabsOfBrowser(),
    watchNetwork,
  };
}

/** Without locks all work runs at once. */
export const exclusivelyBy = (locks: Pick<LockManager, 'request'> | undefined): Exclusively =>
  locks ? (name, work) => locked(locks, name, work) : program.exclusively;

/** A browser that blocks cookies refuses locks as well: then the work is done without one. */
async function locked<T>(locks: Pick<LockManager, 'request'>, name: string, work: () => Promise<T>): Promise<T> {
  let hasBegun = false as boolean;
  try {
    return await locks.request(name, () => {
      hasBegun = true;
      return work();
    });
  } catch (error) {
    if (hasBegun) throw error;
    return work();
  }
}

function tabsOfBrowser(): Tabs {
  try {
    return typeof BroadcastChannel === 'undefined' ? noTabs : tabsOf(new BroadcastChannel('confab-session'));
  } catch {
    return noTabs;
  }
}

function tabsOf(channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'removeEventListener'>): Tabs {
  return {
    publish: (userId) => {
      channel.postMessage({ userId });
    },
    watch: (listener) => {
      const receive = ({ data }: MessageEvent<{ userId?: unknown } | null>): void => {
        const userId = data?.userId;
        if (userId === null || typeof userId === 'string') listener(userId);
      };
      channel.addEventListener('message', receive);
      return () => {
        channel.removeEventListener('message', receive);
      };
    },
  };
}

function watchNetwork({ came, went, shown }: { came: () => void; went: () => void; shown: () => void }): () => void {
  const seen = (): void => {
    if (document.visibilityState === 'visible') shown();
  };
  window.addEventListener('online', came);
  window.addEventListener('offline', went);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', came);
    window.removeEventListener('offline', went);
    document.removeEventListener('visibilitychange', seen);
  };
}
