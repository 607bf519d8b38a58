import type { App } from './app-context.tsx';
import { routeOf } from './routes.ts';

/** A press on a notification brings the open page to the message; the answer says to the service worker that it did. */
export function followServiceWorker({ navigation }: Pick<App, 'navigation'>, container: ServiceWorkerContainer | undefined): void {
  container?.addEventListener('message', ({ data, ports }: MessageEvent<{ kind?: unknown; path?: unknown } | null>) => {
    if (data?.kind !== 'confab-go' || typeof data.path !== 'string') return;
    navigation.go(routeOf(new URL(data.path, 'https://page.invalid')));
    ports[0]?.postMessage('going');
  });
}
