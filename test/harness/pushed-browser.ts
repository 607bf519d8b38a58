import type { CDPSession, Page, Worker } from 'playwright-core';
import type { Subscription } from './push-service.ts';

/** A notification as it stands on the screen. */
export interface ShownNotification {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  /** The names of its buttons. */
  readonly actions: readonly string[];
}

/**
 * The service worker of a page, the pushes that reach it, and the screen it shows notifications on. A browser without a screen refuses notifications and
 * subscriptions, whatever it was granted: both are in its place here, and pushes are delivered by the DevTools protocol.
 */
export class PushedBrowser {
  readonly worker: Worker;
  readonly #session: CDPSession;
  readonly #registrationId: string;
  readonly #origin: string;

  /** Before the page is loaded: it asks for a permission that is granted, and subscribes at the push service of the test. */
  static async prepare(page: Page, subscription: Subscription): Promise<void> {
    await page.context().addInitScript(pageOfTest, subscription);
  }

  /** Registers the service worker, or finds it. */
  static async of(page: Page): Promise<PushedBrowser> {
    const session = await page.context().newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [first] = registrations;
        if (first) resolve(first.registrationId);
      });
    });
    await session.send('ServiceWorker.enable');
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/service-worker.js');
      await navigator.serviceWorker.ready;
    });
    const worker = page.context().serviceWorkers()[0] ?? (await page.context().waitForEvent('serviceworker'));
    await worker.evaluate(screenOfTest);
    return new PushedBrowser({ worker, session, registrationId: await registered, origin: new URL(page.url()).origin });
  }

  private constructor(made: { worker: Worker; session: CDPSession; registrationId: string; origin: string }) {
    this.worker = made.worker;
    this.#session = made.session;
    this.#registrationId = made.registrationId;
    this.#origin = made.origin;
  }

  /** As the push service does. */
  async deliver(payload: object): Promise<void> {
    const data = JSON.stringify(payload);
    await this.#session.send('ServiceWorker.deliverPushMessage', {
      origin: `${this.#origin}/`,
      registrationId: this.#registrationId,
      data,
    });
  }

  shown(): Promise<ShownNotification[]> {
    return this.worker.evaluate(() =>
      (globalThis as unknown as ScopeOfTest).shown.map(({ title, body, tag, actions }) => ({
        title,
        body,
        tag,
        actions: actions.map((one) => one.title),
      })),
    );
  }

  /** Addresses of windows that the worker asked for: a browser opens one only for a press that it has seen itself. */
  opened(): Promise<string[]> {
    return this.worker.evaluate(() => (globalThis as unknown as ScopeOfTest).opened);
  }

  /** The person presses the notification, or one of its buttons; resolves when the worker is done. */
  async press(tag: string, { action = '', reply = null }: { action?: string; reply?: string | null } = {}): Promise<void> {
    await this.worker.evaluate(pressOfTest, { tag, action, reply });
  }
}

interface Standing extends Omit<ShownNotification, 'actions'> {
  readonly actions: readonly { readonly title: string }[];
  readonly data: unknown;
  close(): void;
}

interface ScopeOfTest {
  shown: Standing[];
  opened: string[];
  readonly registration: object;
  readonly navigator: object;
  readonly clients: object;
}

/** Runs in the worker. It also ends one that sets a badge, and with it what was put here. */
function screenOfTest(): void {
  const scope = globalThis as unknown as ScopeOfTest;
  [scope.shown, scope.opened] = [[], []];
  Object.assign(scope.navigator, { setAppBadge: () => Promise.resolve(), clearAppBadge: () => Promise.resolve() });
  Object.assign(scope.clients, { openWindow: (path: string) => Promise.resolve(scope.opened.push(path)) });
  Object.assign(scope.registration, {
    getNotifications: () => Promise.resolve(scope.shown),
    showNotification: (title: string, { tag = '', body = '', actions = [], data }: Partial<Standing>) => {
      const one = { title, tag, body, actions, data, close: () => void (scope.shown = scope.shown.filter((other) => other !== one)) };
      scope.shown = [...scope.shown.filter((other) => other.tag !== tag), one];
      return Promise.resolve();
    },
  });
  // What stands on the screen is the page’s too.
  globalThis.addEventListener('message', (event) => {
    const { data, ports } = event as MessageEvent<{ asks?: string; tag?: string }>;
    if (data.asks === 'shown') ports[0]?.postMessage(scope.shown.map(({ tag, title, data: own }) => ({ tag, title, data: own })));
    if (data.asks === 'close') scope.shown.find(({ tag }) => tag === data.tag)?.close();
  });
}

/** Runs in the worker: what the browser does when a notification is pressed. */
async function pressOfTest({ tag, ...more }: { tag: string; action: string; reply: string | null }): Promise<void> {
  const notification = (globalThis as unknown as ScopeOfTest).shown.find((one) => one.tag === tag);
  if (!notification) throw new Error(`no notification ${tag} is shown`);
  const works: Promise<unknown>[] = [];
  const waitUntil = (work: Promise<unknown>) => void works.push(work);
  globalThis.dispatchEvent(Object.assign(new Event('notificationclick'), { notification, ...more, waitUntil }));
  await Promise.all(works);
}

/** Runs in each page: what Chromium says that has a screen and reaches its push service. */
function pageOfTest({ endpoint, p256dh, auth }: Subscription): void {
  if (!location.protocol.startsWith('http')) return;
  const [permission, subscribed] = ['permission-of-test', 'push-key-of-test'];
  const bytesOf = (key: string) => Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0)).buffer;
  const known = () => {
    const key = localStorage.getItem(subscribed);
    if (key === null) return null;
    const unsubscribe = () => {
      localStorage.removeItem(subscribed);
      return Promise.resolve(true);
    };
    const toJSON = () => ({ endpoint, keys: { p256dh, auth } });
    return { endpoint, options: { applicationServerKey: bytesOf(key) }, toJSON, unsubscribe };
  };
  Object.defineProperty(Notification, 'permission', { get: () => localStorage.getItem(permission) ?? 'default' });
  Object.assign(Notification, {
    requestPermission: () => {
      localStorage.setItem(permission, 'granted');
      return Promise.resolve('granted');
    },
  });
  Object.assign(PushManager.prototype, {
    getSubscription: () => Promise.resolve(known()),
    subscribe: ({ applicationServerKey }: { applicationServerKey: string }) => {
      localStorage.setItem(subscribed, applicationServerKey);
      return Promise.resolve(known());
    },
  });
  Object.assign(ServiceWorkerRegistration.prototype, {
    getNotifications: async () => {
      const { active } = await navigator.serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      const found = new Promise<{ tag: string }[]>((resolve) => (port1.onmessage = ({ data }: MessageEvent) => resolve(data as never)));
      active?.postMessage({ asks: 'shown' }, [port2]);
      return (await found).map((one) => ({ ...one, close: () => active?.postMessage({ asks: 'close', tag: one.tag }) }));
    },
  });
}
