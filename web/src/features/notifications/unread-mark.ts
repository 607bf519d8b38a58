import type { App } from '../../app/app-context.tsx';

/** The icons of the tab and of the installed page say that something is unread. */
export function markUnread({ client }: Pick<App, 'client'>, view: Window): void {
  const link = view.document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const follow = () => {
    const unread = client.notifications.unread.get() ?? 0;
    link?.setAttribute('href', unread > 0 ? '/icon-unread.svg' : '/icon.svg');
    const { navigator } = view as { navigator: Partial<Navigator> };
    // Refused where the page is not installed.
    const marked = unread > 0 ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.();
    marked?.catch(() => undefined);
  };
  client.notifications.unread.subscribe(follow);
  follow();
}
