/** What the worker uses of its global scope: the types of pages do not know service workers from within. */
export interface WorkerScope {
  readonly registration: Pick<ServiceWorkerRegistration, 'showNotification' | 'getNotifications' | 'pushManager'>;
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly WindowOfOurs[]>;
    openWindow(path: string): Promise<unknown>;
    claim(): Promise<void>;
  };
  readonly navigator: Pick<Navigator, 'locks'> & Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>;
  readonly location: Pick<Location, 'origin'>;
  skipWaiting(): Promise<void>;
  addEventListener<E extends keyof WorkerEvents>(name: E, listener: (event: WorkerEvents[E]) => void): void;
}

/** An open page of this origin. */
export interface WindowOfOurs {
  readonly focused: boolean;
  readonly visibilityState: DocumentVisibilityState;
  focus(): Promise<unknown>;
  navigate(path: string): Promise<unknown>;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}

export interface PushReceived extends Extendable {
  readonly data: { json(): unknown } | null;
  /** Where the browser itself has read a declarative message. */
  readonly notification?: { readonly data?: unknown } | null;
}

export interface NotificationPressed extends Extendable {
  readonly notification: Pick<Notification, 'close' | 'data' | 'tag'>;
  /** The button; empty: the notification itself. */
  readonly action: string;
  /** What was written into it, where the system has a field for that. */
  readonly reply?: string | null;
}

export interface SubscriptionChanged extends Extendable {
  readonly oldSubscription?: Pick<PushSubscription, 'endpoint'> | null;
}

export interface WorkerEvents {
  readonly install: Extendable;
  readonly activate: Extendable;
  readonly push: PushReceived;
  readonly notificationclick: NotificationPressed;
  readonly pushsubscriptionchange: SubscriptionChanged;
}
