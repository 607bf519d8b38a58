import type { WindowOfOurs, WorkerScope } from './scope.ts';
import type { ShownOptions } from './shown-notification.ts';

export interface Shown extends Pick<Notification, 'close' | 'tag' | 'title' | 'data'> {
  readonly options: ShownOptions;
}

/** The global scope of a service worker, as far as it is looked at. */
export class ScopeOfTest {
  shown: Shown[] = [];
  badge: number | null = null;
  opened: string[] = [];
  windows: WindowOfOurs[] = [];
  /** What `showNotification` refuses while it is asked for. */
  refuses: keyof ShownOptions | null = null;

  readonly scope = {
    location: { origin: 'https://chat.example.org' },
    navigator: {
      locks: undefined as unknown as LockManager,
      setAppBadge: (count?: number) => Promise.resolve(void (this.badge = count ?? null)),
      clearAppBadge: () => Promise.resolve(void (this.badge = 0)),
    },
    clients: {
      matchAll: () => Promise.resolve(this.windows),
      openWindow: (path: string) => Promise.resolve(this.opened.push(path)),
      claim: () => Promise.resolve(),
    },
    registration: {
      pushManager: undefined as unknown as PushManager,
      getNotifications: () => Promise.resolve(this.shown as unknown as Notification[]),
      showNotification: (title: string, options: ShownOptions) => {
        if (this.refuses !== null && this.refuses in options) return Promise.reject(new TypeError('not here'));
        const one: Shown = { title, options, tag: options.tag ?? '', data: options.data, close: () => this.#close(one) };
        this.shown = [...this.shown.filter(({ tag }) => tag !== one.tag), one];
        return Promise.resolve();
      },
    },
  } as unknown as WorkerScope & { registration: { showNotification(title: string, options: ShownOptions): Promise<void> } };

  #close(one: Shown): void {
    this.shown = this.shown.filter((other) => other !== one);
  }

  /** An open page; it goes where it is asked to go, or does not answer. */
  opens(more: Partial<WindowOfOurs> & { answers: boolean }): { went: string[]; loaded: string[]; focuses: number } {
    const did = { went: [] as string[], loaded: [] as string[], focuses: 0 };
    this.windows.push({
      focused: false,
      visibilityState: 'hidden',
      focus: () => Promise.resolve((did.focuses += 1)),
      navigate: (path) => Promise.resolve(void did.loaded.push(path)),
      postMessage: (message, [port]) => {
        if (!more.answers) return;
        did.went.push((message as { path: string }).path);
        (port as MessagePort).postMessage('going');
      },
      ...more,
    });
    return did;
  }
}
