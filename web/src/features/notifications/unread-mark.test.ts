import { expect, test } from '@jest/globals';
import { Cell } from '../../../../client/readable.ts';
import type { App } from '../../app/app-context.tsx';
import { markUnread } from './unread-mark.ts';

function marked(navigator: object) {
  const unread = new Cell<number | null>(null);
  let href = '/icon.svg';
  const link = { setAttribute: (_name: string, to: string) => void (href = to) };
  const view = { document: { querySelector: () => link }, navigator } as unknown as Window;
  markUnread({ client: { notifications: { unread } } } as unknown as App, view);
  return { unread, icon: () => href };
}

test('the icon of the tab and of the installed page say that something is unread', () => {
  const badges: number[] = [];
  const { unread, icon } = marked({
    setAppBadge: (count: number) => Promise.resolve(badges.push(count)),
    clearAppBadge: () => Promise.resolve(badges.push(0)),
  });
  unread.set(3);
  expect(icon()).toBe('/icon-unread.svg');
  unread.set(0);
  expect([icon(), badges]).toEqual(['/icon.svg', [0, 3, 0]]);
});

test('a browser that has no badges, or refuses them, has the icon of the tab', async () => {
  const refusing = marked({
    setAppBadge: () => Promise.reject(new Error('not installed')),
    clearAppBadge: () => Promise.reject(new Error()),
  });
  for (const { unread, icon } of [marked({}), refusing]) {
    unread.set(1);
    expect(icon()).toBe('/icon-unread.svg');
  }
  await new Promise((resolve) => setImmediate(resolve));
});
