/** Where pushes of this browser stand, as far as the browser alone says it. `install`: only for web apps of the Home Screen, as on an iPhone. */
export type BrowserSays = 'possible' | 'unsupported' | 'install' | 'denied';

/** What is asked of the browser about notifications and pushes. */
export interface PushBrowser {
  says(): BrowserSays;
  /** Asks the person; only after they pressed something. */
  ask(): Promise<NotificationPermission>;
  isGranted(): boolean;
  /** Registers the service worker, or finds it. Resolves when it is active. */
  worker(): Promise<Worker>;
  /** Null: none was registered. */
  knownWorker(): Promise<Worker | null>;
}

type Worker = Pick<ServiceWorkerRegistration, 'pushManager' | 'showNotification' | 'getNotifications'>;

export function pushBrowser(view: Window & Pick<typeof globalThis, 'Notification' | 'PushManager'>): PushBrowser {
  const { navigator } = view;
  const container = (navigator as Partial<Navigator>).serviceWorker;
  const isThere = container !== undefined && 'PushManager' in view && 'Notification' in view;
  return {
    says() {
      if (!isThere) return isIos(navigator) && !isInstalled(view) ? 'install' : 'unsupported';
      return view.Notification.permission === 'denied' ? 'denied' : 'possible';
    },
    isGranted: () => isThere && view.Notification.permission === 'granted',
    ask: () => (isThere ? view.Notification.requestPermission() : Promise.resolve('denied')),
    async worker() {
      if (!container) throw new Error('This browser has no service workers.');
      await container.register('/service-worker.js', { scope: '/', updateViaCache: 'none' });
      return container.ready;
    },
    knownWorker: async () => (await container?.getRegistration('/')) ?? null,
  };
}

/** An iPad calls itself a Mac, and has fingers. */
const isIos = ({ userAgent, maxTouchPoints }: Navigator): boolean =>
  /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);

const isInstalled = (view: Window): boolean => view.matchMedia('(display-mode: standalone)').matches;
