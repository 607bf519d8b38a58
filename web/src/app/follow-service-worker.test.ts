import { expect, test } from '@jest/globals';
import { followServiceWorker } from './follow-service-worker.ts';
import type { Navigation } from './navigation.ts';
import type { Route } from './routes.ts';

test('the page goes where a press on a notification leads, and says so; other messages are not its own', () => {
  const container = new EventTarget();
  const went: Route[] = [];
  const answered: unknown[] = [];
  followServiceWorker(
    { navigation: { go: (route: Route) => went.push(route) } as unknown as Navigation },
    container as ServiceWorkerContainer,
  );
  const receive = (data: unknown) => {
    const ports = [{ postMessage: (answer: unknown) => answered.push(answer) }];
    container.dispatchEvent(Object.assign(new Event('message'), { data, ports }));
  };
  receive({ kind: 'confab-go', path: '/c/lunch/7' });
  receive({ kind: 'confab-go', path: 7 });
  receive({ kind: 'other', path: '/c/tea' });
  receive(null);
  expect(went).toEqual([{ name: 'chat', conversationId: 'lunch', seq: 7 }]);
  expect(answered).toEqual(['going']);
});

test('a browser without service workers has none to follow', () => {
  expect(() => followServiceWorker({ navigation: {} as unknown as Navigation }, undefined)).not.toThrow();
});
